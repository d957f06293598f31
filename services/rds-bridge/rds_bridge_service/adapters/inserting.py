"""Rows into a table, many at a time.

A driver that is handed a list of rows may send a statement for each (pymssql does, and PyMySQL
where it cannot rewrite them), which is a round trip a row. So the rows are part of the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert

MOST_ROWS = 1000
"""SQL Server's error 10738: more rows in a VALUES."""

MOST_VALUES = 2000
"""SQL Server takes at most 2,100 parameters, SQLite and PostgreSQL 32,766."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, which all have the same columns, in as few statements as servers allow."""
    if not rows:
        return
    at_once = min(MOST_ROWS, MOST_VALUES // len(table.columns))
    for start in range(0, len(rows), at_once):
        connection.execute(insert(table).values(list(rows[start : start + at_once])))
