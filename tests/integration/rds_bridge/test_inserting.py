from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.inserting import MOST_ROWS, MOST_VALUES, insert_rows
from rds_bridge_service.adapters.leagues.leagues import SqlLeagues
from tests.integration.rds_bridge.league import new_auction


@pytest.fixture
def inserts(engine: Engine) -> Iterator[list[Any]]:
    """What is handed to the driver to be inserted: a list of parameters is a statement for each."""
    said: list[Any] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("INSERT"):
            said.append(parameters)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def tournaments(count: int) -> list[dict[str, Any]]:
    return [{"tournament_id": f"t{n}", "name": f"Tournament {n}"} for n in range(count)]


def test_many_rows_are_inserted_in_as_few_statements_as_servers_allow(
    engine: Engine, inserts: list[Any]
) -> None:
    with engine.begin() as connection:
        insert_rows(connection, tables.tournament, tournaments(2 * MOST_ROWS + 1))
        kept = connection.execute(select(func.count()).select_from(tables.tournament))
        assert kept.scalar_one() == 2 * MOST_ROWS + 1
    assert [len(it) for it in inserts] == [MOST_VALUES, MOST_VALUES, 2]


def test_no_rows_are_no_statement(engine: Engine, inserts: list[Any]) -> None:
    with engine.begin() as connection:
        insert_rows(connection, tables.tournament, [])
    assert inserts == []


def test_columns_that_are_not_given_have_their_defaults_in_every_row(engine: Engine) -> None:
    new_auction(engine)
    with engine.begin() as connection:
        members = connection.execute(select(tables.member.c.status, tables.member.c.version))
        assert {tuple(row) for row in members} == {("active", 1)}


def test_a_league_is_a_statement_a_table(engine: Engine, inserts: list[Any]) -> None:
    assert SqlLeagues(engine, new_id=str).imported("none") is None
    new_auction(engine)
    assert len(inserts) == 8
    assert not [it for it in inserts if isinstance(it, list)]
