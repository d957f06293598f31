"""The statements of every operation, as SQL Server and MySQL would be told them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ClauseElement, String, Unicode, UnicodeText, event
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import NullType

from rds_bridge_service.adapters.leagues.book import Notices
from tests.integration.rds_bridge.api.http import COMMISSIONER, Api
from tests.integration.rds_bridge.api.table import TABLE
from tests.integration.rds_bridge.api.test_authority import ask
from tests.integration.rds_bridge.t_sql import foreign_words, is_cut_in_no_order

DELETE_LEAGUE = "DELETE /leagues/{league_id}"
MSSQL: Dialect = mssql.dialect()


class Nowhere:
    def put_item(self, **_: object) -> None:
        """Take everything."""


@pytest.fixture
def statements(api: Api) -> list[ClauseElement]:
    said: list[ClauseElement] = []

    def note(_connection: object, statement: ClauseElement, *_: object) -> None:
        said.append(statement)

    event.listen(api.engine, "before_execute", note)
    league_id = api.staffed()
    for route in sorted(TABLE, key=lambda it: it == DELETE_LEAGUE):
        ask(api, league_id, route, COMMISSIONER)
    Notices(api.engine, Nowhere, "notices", now_s=lambda: 1).send()
    event.remove(api.engine, "before_execute", note)
    return said


@pytest.mark.parametrize("dialect", [mssql.dialect, mysql.dialect], ids=["mssql", "mysql"])
def test_no_statement_is_of_one_dialect_only(
    statements: list[ClauseElement], dialect: Callable[[], Dialect]
) -> None:
    told = [str(statement.compile(dialect=dialect())) for statement in statements]
    assert {text.split()[0] for text in told} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    for text in told:
        assert not [
            it for it in ("MERGE", "ON CONFLICT", "ON DUPLICATE", "RETURNING") if it in text
        ]


def test_sql_server_understands_every_statement(statements: list[ClauseElement]) -> None:
    told = [str(it.compile(dialect=MSSQL)) for it in statements]
    assert not [it for it in told if foreign_words(it)]
    assert not [it for it in told if is_cut_in_no_order(it)]


def test_every_value_is_a_typed_parameter_and_all_text_national(
    statements: list[ClauseElement],
) -> None:
    compiled: list[Any] = [it.compile(dialect=MSSQL) for it in statements]
    assert all("'" not in str(it) for it in compiled)
    types = {type(bound.type) for it in compiled for bound in it.binds.values()}
    assert NullType not in types
    texts = {it for it in types if issubclass(it, String)}
    assert texts
    assert all(issubclass(it, (Unicode, UnicodeText, mssql.NVARCHAR)) for it in texts)
