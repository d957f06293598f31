"""Rows into a table, many at a time.

A driver that is handed a list of rows may send a statement for each (pymssql does, and PyMySQL
where it cannot rewrite them), which is a round trip a row. So the rows are part of the statement.
SQLAlchemy compiles an `insert` of several rows anew every time, which takes longer than its
execution; a text with the same parameters is compiled once for each number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, TextClause, bindparam, text

MOST_ROWS = 1000
"""SQL Server's error 10738: more rows in a VALUES."""

MOST_VALUES = 2000
"""SQL Server takes at most 2,100 parameters, SQLite and PostgreSQL 32,766."""


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, which all have the same columns, in as few statements as servers allow.

    Columns that are not given have the server's defaults.
    """
    if not rows:
        return
    names = tuple(rows[0])
    at_once = min(MOST_ROWS, MOST_VALUES // len(table.columns))
    for start in range(0, len(rows), at_once):
        part = rows[start : start + at_once]
        values = {f"{name}_{n}": row[name] for n, row in enumerate(part) for name in names}
        connection.execute(_insert(connection.dialect, table, names, len(part)), values)


@lru_cache(maxsize=100)
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...], count: int) -> TextClause:
    quoted = dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    row = ", ".join(f":{name}_{{0}}" for name in names)
    rows = ", ".join(f"({row.format(n)})" for n in range(count))
    into = f"{quoted.format_table(table)} ({columns})"
    return text(f"INSERT INTO {into} VALUES {rows}").bindparams(  # noqa: S608 - names of ours only
        *(bindparam(f"{it}_{n}", type_=table.c[it].type) for n in range(count) for it in names)
    )
