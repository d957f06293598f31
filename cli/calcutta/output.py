"""What a command says: lines and tables for people, one JSON object for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import typer
from rich.console import Console, JustifyMethod
from rich.table import Table

from shared.text import plain

PLAIN_WIDTH = 160
"""Columns of a table that is written to a file or a pipe."""


class Output:
    """To standard output; `as_json` leaves only the result."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        width = None if sys.stdout.isatty() else PLAIN_WIDTH
        # markup would obey what users wrote in square brackets
        self.console = Console(markup=False, emoji=False, highlight=False, width=width)

    def line(self, text: str) -> None:
        if not self.as_json:
            self.console.print(plain(text), soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Columns whose name starts with `>` are aligned to the right."""
        if self.as_json:
            return
        table = Table(box=None, pad_edge=False)
        for column in columns:
            justify: JustifyMethod = "right" if column.startswith(">") else "left"
            table.add_column(column.removeprefix(">"), justify=justify)
        for row in rows:
            table.add_row(*(plain(cell) for cell in row))
        self.console.print(table)

    def result(self, result: Any) -> None:
        """What a program reads; said once, at the end."""
        if self.as_json:
            typer.echo(msgspec.json.encode(result).decode())
