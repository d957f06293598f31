"""A settlement as a table in a file: CSV, or XLSX.

What users wrote is data. A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a
formula (CWE-1236), so in CSV such text gets an apostrophe in front, also where another program's
separator would begin a cell; in XLSX, text is written as text and never as a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from shared.settlement import Settlement
from shared.text import plain

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Decimal
"""Text, a count, or an amount in dollars."""

_FORMULA = re.compile(
    r"""((?:^|[,;|\t])["'\s]*)(?=[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"""
    r"""\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])"""
)


def table_of(settlement: Settlement) -> list[list[Cell]]:
    """A header, a row a member, and the sums; amounts in dollars."""
    rules = [it.rule for it in settlement.rules]
    before, after = ("natural buy-in", "tax", "total buy-in"), ("returned", "payout", "net return")
    rows: list[list[Cell]] = [["member", *before, *rules, *after]]
    for it in settlement.standings:
        paid = {payout.rule: payout.amount_cents for payout in it.payouts}
        amounts = [it.natural_buy_in_cents, it.tax_cents, it.total_buy_in_cents]
        amounts += [paid.get(rule, 0) for rule in rules]
        amounts += [it.returned_cents, it.payout_cents, it.net_return_cents]
        rows.append([it.name, *map(_dollars, amounts)])
    rows.append(["sum", *_sums(rows[1:], len(rows[0]))])
    rows.append(["fee", *[""] * (len(rows[0]) - 3), _dollars(settlement.fee_cents), ""])
    return rows


def csv_of(settlement: Settlement) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; every text in quotes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for row in table_of(settlement):
        writer.writerow([harmless(it) if isinstance(it, str) else it for it in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(settlement: Settlement) -> bytes:
    """A workbook of one sheet; amounts are numbers, everything else is text."""
    # here, since it takes 40 ms of a cold start that mostly serves something else
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        # The prefix keeps a text a text when someone edits its cell.
        text = book.add_format({"quote_prefix": True})
        title = book.add_format({"quote_prefix": True, "bold": True})
        money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        sheet = book.add_worksheet("Settlement")
        rows = table_of(settlement)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, plain(cell), text if number else title)
                else:
                    sheet.write_number(number, column, cell, money)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(rows[0]) - 1, 16)
    return file.getvalue()


def harmless(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could see the start of a formula."""
    return _FORMULA.sub(r"\1'", plain(text))


def _sums(rows: list[list[Cell]], columns: int) -> Iterator[Decimal]:
    for column in range(1, columns):
        yield sum((Decimal(row[column]) for row in rows), Decimal("0.00"))


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
