from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.settlement import Payout, RuleTotal, Settlement, Standing
from shared.settlement_export import csv_of, harmless, table_of, xlsx_of

EVIL = '=HYPERLINK("http://example.com";"+1")'
SETTLEMENT = Settlement(
    auction_id="a-1",
    title="League",
    prize_pool_cents=2_010_05,
    fee_cents=10_00,
    returned_cents=5,
    standings=(
        Standing(1, EVIL, 1_000_00, 5_05, 1_005_05, (Payout("@Title", 1, 2_000_00),), 3,
                 2_000_03, 994_98),
        Standing(0, "Ada", 1_005_00, 0, 1_005_00, (), 2, 2, -1_004_98),
    ),
    rules=(RuleTotal("@Title", 1, 1, 2_000_00),),
    pending=(),
)  # fmt: skip
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(name: str) -> str:
    """A part of the workbook."""
    with zipfile.ZipFile(io.BytesIO(xlsx_of(SETTLEMENT))) as book:
        return book.read(f"xl/{name}").decode()


@pytest.fixture(scope="module")
def sheet() -> ElementTree.Element:
    return ElementTree.fromstring(part("worksheets/sheet1.xml"))


def test_a_table_has_a_row_a_member_and_the_sums() -> None:
    header, *rows = [[str(cell) for cell in row] for row in table_of(SETTLEMENT)]
    assert header == [
        *("member", "natural buy-in", "tax", "total buy-in"),
        *("@Title", "returned", "payout", "net return"),
    ]
    amounts = {row[0]: row[1:] for row in rows}
    assert amounts["Ada"] == ["1005.00", "0.00", "1005.00", "0.00", "0.02", "0.02", "-1004.98"]
    assert amounts["sum"] == ["2005.00", "5.05", "2010.05", "2000.00", "0.05", "2000.05", "-10.00"]
    assert amounts["fee"] == ["", "", "", "", "", "10.00", ""]


def test_a_csv_has_the_table_with_no_text_that_could_be_a_formula() -> None:
    text = csv_of(SETTLEMENT).decode("utf-8-sig")
    header, first, second, *_ = csv.reader(io.StringIO(text, newline=""))
    assert header[4] == "'@Title"
    assert first[0].startswith("'=HYPERLINK")
    assert second[-1] == "-1004.98"


@given(st.text(alphabet="=+-@;,|'\"\t\r\n A\uff1d\u00a0\u200b") | st.text())
def test_no_text_begins_a_formula_whatever_the_separator(text: str) -> None:
    written = harmless(text)
    for cell in re.split(r"[,;|\t\r\n]", written):
        assert not re.match(r"""["\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]""", cell)


@pytest.mark.parametrize("text", ["Ada", "Jean-Luc", "a@b", "1 + 1 = 2", "TX A&M", "O'Neil"])
def test_a_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_workbook_has_no_formula_and_no_link(sheet: ElementTree.Element) -> None:
    assert list(sheet.iter(f"{MAIN}f")) == []
    assert list(sheet.iter(f"{MAIN}hyperlink")) == []
    strings = ElementTree.fromstring(part("sharedStrings.xml"))
    assert EVIL in ["".join(it.itertext()) for it in strings]


def test_in_a_workbook_amounts_are_numbers_and_texts_are_marked_as_text(
    sheet: ElementTree.Element,
) -> None:
    cells = {it.attrib["r"]: it for it in sheet.iter(f"{MAIN}c")}
    assert cells["A2"].attrib["t"] == "s"
    assert "t" not in cells["B2"].attrib
    assert [cells[it][0].text for it in ("B2", "D2", "H3")] == [
        "1000.00",
        "1005.05",
        "-1004.98",
    ]
    assert 'quotePrefix="1"' in part("styles.xml")
