"""The schema as SQL Server would be told it, by tables and by migrations, without one at hand."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import mssql
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateColumn

from rds_bridge_service.adapters.migrating import MIGRATIONS
from rds_bridge_service.adapters.tables import metadata

MSSQL: Dialect = mssql.dialect(deprecate_large_types=True)

WORDS = """
    add all alter and any as asc authorization backup begin between break browse bulk by cascade
    case check checkpoint close clustered coalesce collate column commit compute constraint
    contains containstable continue convert create cross current current_date current_time
    current_timestamp current_user cursor database dbcc deallocate declare default delete deny desc
    disk distinct distributed double drop dump else end errlvl escape except exec execute exists
    exit external fetch file fillfactor for foreign freetext freetexttable from full function goto
    grant group having holdlock identity identity_insert identitycol if in index inner insert
    intersect into is join key kill left like lineno load merge national nocheck nonclustered not
    null nullif of off offsets on open opendatasource openquery openrowset openxml option or order
    outer over percent pivot plan precision primary print proc procedure public raiserror read
    readtext reconfigure references replication restore restrict return revert revoke right
    rollback rowcount rowguidcol rule save schema securityaudit select
    semantickeyphrasetable semanticsimilaritydetailstable semanticsimilaritytable session_user set
    setuser shutdown some statistics system_user table tablesample textsize then to top tran
    transaction trigger truncate try_convert tsequal union unique unpivot update updatetext use user
    values varying view waitfor when where while with within writetext
"""
RESERVED = frozenset(WORDS.split())
"""Reserved Keywords (Transact-SQL), in Microsoft's reference."""

IN_CHECKS = {"and", "in", "is", "not", "null", "or"}

COLUMNS = [column for table in metadata.sorted_tables for column in table.columns]


def migrated() -> str:
    """What all migrations say to an empty SQL Server."""
    said = io.StringIO()
    options = {"as_sql": True, "output_buffer": said}
    context = MigrationContext.configure(dialect=MSSQL, opts=options)
    scripts = ScriptDirectory(str(MIGRATIONS))
    with Operations.context(context):
        for script in reversed(list(scripts.walk_revisions())):
            script.module.upgrade()
    return said.getvalue()


def in_tables() -> dict[str, set[str]]:
    return {
        table.name: {str(CreateColumn(it).compile(dialect=MSSQL)).strip() for it in table.columns}
        for table in metadata.sorted_tables
    }


def in_migrations(sql: str) -> dict[str, set[str]]:
    """The columns that the migrations make, by table, as they spell them."""
    found: dict[str, set[str]] = {}
    for table, body in re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\)", sql, flags=re.DOTALL):
        lines = [it.strip().rstrip(",") for it in body.splitlines() if it.strip()]
        found[table] = {it for it in lines if not it.startswith("CONSTRAINT")}
    for table, column in re.findall(r"ALTER TABLE (\w+) ADD (.+?);", sql):
        found[table].add(column)
    return found


def test_migrations_make_the_columns_that_the_tables_have() -> None:
    assert in_migrations(migrated()) == in_tables()


def test_migrations_make_the_constraints_that_the_tables_have() -> None:
    named = {str(it.name) for table in metadata.sorted_tables for it in table.constraints}
    assert set(re.findall(r"CONSTRAINT (\w+)", migrated())) == named


@pytest.mark.parametrize(
    "word",
    ["MERGE", "VARCHAR(", "CHAR(", "TEXT", "NTEXT", "DATETIME", "TIMESTAMP", "BOOLEAN", "BIT",
     "FLOAT", "MONEY", "IDENTITY", "CASCADE", "IF NOT EXISTS"],
)  # fmt: skip
def test_migrations_do_without(word: str) -> None:
    assert not re.search(rf"(?<![\w]){re.escape(word)}", migrated())


def test_all_text_is_national_and_long_enough_for_any_character() -> None:
    """NVARCHAR counts UTF-16: an emoji is two."""
    limited = [it for it in COLUMNS if getattr(it.type, "length", None)]
    assert limited
    for column in limited:
        kind: Any = column.type
        assert kind.compile(MSSQL).startswith(f"NVARCHAR({2 * kind.length})")


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_reserved_word_is_quoted(column: Column[Any]) -> None:
    for name in (column.name, column.table.name):
        quoted = MSSQL.identifier_preparer.quote(name)
        assert quoted == (f"[{name}]" if name.lower() in RESERVED else name)


def test_no_check_names_a_reserved_word() -> None:
    checks = [
        re.sub(r"'.*?'", "", str(it.sqltext))
        for table in metadata.sorted_tables
        for it in table.constraints
        if isinstance(it, CheckConstraint)
    ]
    words = {it.lower() for check in checks for it in re.findall(r"[A-Za-z_]+", check)}
    assert words & RESERVED <= IN_CHECKS


def bytes_of(column: Column[Any]) -> int:
    kind: Any = column.type.dialect_impl(MSSQL)
    return {"SMALLINT": 2, "INTEGER": 4, "BIGINT": 8}.get(str(kind)) or 2 * kind.length


def test_no_key_is_longer_than_an_index_takes() -> None:
    """Beyond it SQL Server warns, which pymssql raises, and refuses long values later."""
    for table in metadata.sorted_tables:
        for key in table.constraints:
            if isinstance(key, PrimaryKeyConstraint):
                assert sum(map(bytes_of, key.columns)) <= 900, table
            if isinstance(key, UniqueConstraint):
                assert sum(map(bytes_of, key.columns)) <= 1700, table


def test_no_unique_column_may_be_null() -> None:
    """To SQL Server two nulls are the same."""
    for table in metadata.sorted_tables:
        for key in table.constraints:
            if isinstance(key, UniqueConstraint):
                assert not [it for it in key.columns if it.nullable], table


def test_a_column_that_is_added_has_a_value_for_the_rows_there_are() -> None:
    added = re.findall(r"ALTER TABLE \w+ ADD (.+?);", migrated())
    assert added
    assert [it for it in added if "NOT NULL" in it and "DEFAULT" not in it] == []
