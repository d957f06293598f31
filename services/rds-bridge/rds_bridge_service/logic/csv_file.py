"""Reading a CSV file from a person: rows with their lines, and everything that is wrong."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

import msgspec

from shared.errors import ImportProblem
from shared.limits import MAX_NAME_CHARS

MAX_FILE_CHARS = 200_000
"""300 members with the longest names and addresses fit."""

MAX_ROWS = 1_000
"""More rows than any field or league has; it bounds the number of problems in a reply."""


class Row(msgspec.Struct, frozen=True):
    """A row's stripped cells by column name; `line` is where it starts, 1-based."""

    line: int
    cells: dict[str, str]


class Problems:
    """What is wrong with one file, in the order it was found."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[ImportProblem] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, line: int, problem: str) -> None:
        self._found.append(ImportProblem(file=self._file, line=line, problem=problem))

    def by_line(self) -> tuple[ImportProblem, ...]:
        return tuple(sorted(self._found, key=lambda it: it.line))


def read_rows(
    text: str, columns: Iterable[str], optional: Iterable[str], problems: Problems
) -> list[Row]:
    """The rows of `text` that have a cell for every column of the header.

    Blank lines are skipped; a byte order mark and any line ending are accepted. If the header
    is not understood, there are no rows.
    """
    if len(text) > MAX_FILE_CHARS:
        problems.add(1, f"the file is longer than {MAX_FILE_CHARS} characters")
        return []
    records = _records(text, problems)
    if not records:
        if not problems:
            problems.add(1, "the file is empty")
        return []
    (header_line, cells), *rest = records
    header = [cell.lower() for cell in cells]
    if not _header_understood(header, header_line, list(columns), list(optional), problems):
        return []
    if not rest and not problems:
        problems.add(header_line, "the file has no rows")
    rows = []
    for line, row in rest:
        if len(row) == len(header):
            rows.append(Row(line=line, cells=dict(zip(header, row, strict=True))))
        else:
            problems.add(line, f"the row has {len(row)} columns, the header has {len(header)}")
    return rows


def _records(text: str, problems: Problems) -> list[tuple[int, list[str]]]:
    normal = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    reader = csv.reader(io.StringIO(normal, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if len(records) > MAX_ROWS:
                problems.add(line, f"the file has more than {MAX_ROWS} rows")
                break
            if len(cells) > 1 or "".join(cells).strip():
                records.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(line, f"the row is not valid CSV: {error}")
    return records


def _header_understood(
    header: list[str], line: int, columns: list[str], optional: list[str], problems: Problems
) -> bool:
    known = True
    for column in columns:
        if column not in header:
            problems.add(line, f'the column "{column}" is missing')
            known = False
    for position, column in enumerate(header):
        if column not in columns and column not in optional:
            problems.add(line, f"the column {shown(column)} is unknown")
            known = False
        elif column in header[:position]:
            problems.add(line, f'the column "{column}" is there twice')
            known = False
    return known


def shown(cell: str) -> str:
    """A cell as a problem may quote it: short, and without characters that hide others."""
    plain = "".join(c if c.isprintable() else "?" for c in cell)
    return f'"{plain}"' if len(plain) <= 40 else f'"{plain[:40]}…"'


def name_problem(name: str) -> str | None:
    """Why `name` cannot stand in a message, or None."""
    if not name:
        return "is blank"
    if len(name) > MAX_NAME_CHARS:
        return f"is longer than {MAX_NAME_CHARS} characters"
    if not name.isprintable():
        return "has a character that cannot be shown"
    return None
