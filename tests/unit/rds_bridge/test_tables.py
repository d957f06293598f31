"""What SQL Server and MySQL would be told, without either at hand."""

import pytest
from sqlalchemy.dialects import mssql, mysql, postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateTable

from rds_bridge_service.adapters.tables import metadata

MSSQL: Dialect = mssql.dialect(deprecate_large_types=True)
MYSQL: Dialect = mysql.dialect()
POSTGRESQL: Dialect = postgresql.dialect()
DIALECTS = [MSSQL, MYSQL, POSTGRESQL]


def schema(dialect: Dialect) -> str:
    return "\n".join(
        str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables
    )


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda it: it.name)
def test_every_dialect_can_say_the_schema(dialect: Dialect) -> None:
    assert schema(dialect).count("CREATE TABLE") == len(metadata.tables)


def test_all_text_is_national_on_sql_server() -> None:
    words = schema(MSSQL).split()
    assert not [word for word in words if word.startswith(("VARCHAR", "TEXT", "NTEXT"))]
    assert "NVARCHAR(max)" in words


@pytest.mark.parametrize(
    ("dialect", "collation"),
    [(MSSQL, "Latin1_General_BIN2"), (MYSQL, "utf8mb4_bin")],
    ids=["mssql", "mysql"],
)
def test_no_key_is_the_same_in_another_case(dialect: Dialect, collation: str) -> None:
    keys = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_id") and column.name != "request_id"
    ]
    for column in keys:
        assert collation in column.type.dialect_impl(dialect).compile(dialect)


def test_the_leagues_of_a_user_are_found_by_an_index() -> None:
    member = metadata.tables["member"]
    leading = [index.columns[0].name for index in member.indexes]
    assert leading == ["user_id"]


def test_nothing_counts_up_by_itself() -> None:
    assert "IDENTITY" not in schema(MSSQL)


def test_money_is_a_big_integer() -> None:
    cents = [
        str(column.type)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_cents")
    ]
    assert set(cents) == {"BIGINT"}
