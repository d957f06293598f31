"""The statements of a whole auction, as SQL Server and MySQL would be told them."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import (
    BindParameter,
    ClauseElement,
    Engine,
    String,
    Unicode,
    UnicodeText,
    event,
    insert,
)
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import NullType

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.adapters.quarantine import SqlQuarantine
from shared.bridge import FindMember, ListEvents, ListSales, OpenAuctionRequest
from shared.events import AuctionClosed
from shared.quarantine import ListQuarantine, SetAside
from tests.integration.rds_bridge.league import bid, entries, new_auction, reset, sold
from tests.integration.rds_bridge.t_sql import foreign_words, is_cut_in_no_order

MSSQL: Dialect = mssql.dialect()


@pytest.fixture
def statements(engine: Engine) -> list[ClauseElement]:
    said: list[ClauseElement] = []

    def note(_connection: object, statement: ClauseElement, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_execute", note)
    auction_id = new_auction(engine)
    SqlAuctions(engine).open(OpenAuctionRequest(auction_id))
    SqlAuctions(engine).find_member(FindMember(auction_id, "u2"))
    ledger = SqlLedger(engine)
    history = entries(auction_id, [bid(), bid(), sold(), reset(), AuctionClosed(at_ms=1)])
    ledger.casts(history)
    ledger.append(history[:3])
    ledger.append(history)
    ledger.list_events(ListEvents(auction_id))
    SqlAuctions(engine).list_sales(ListSales(auction_id))
    ledger.append([], [SetAside("apply", "queue", "why", "payload", auction_id, 1)])
    ledger.has(auction_id, 1)
    SqlQuarantine(engine).list(ListQuarantine(auction_id))
    SqlQuarantine(engine).release("q", 1)
    event.remove(engine, "before_execute", note)
    return said


@pytest.mark.parametrize("dialect", [mssql.dialect, mysql.dialect], ids=["mssql", "mysql"])
def test_no_statement_is_of_one_dialect_only(
    statements: list[ClauseElement], dialect: Callable[[], Dialect]
) -> None:
    told = [str(statement.compile(dialect=dialect())) for statement in statements]
    assert {text.split()[0] for text in told} == {"SELECT", "INSERT", "UPDATE"}
    for text in told:
        assert "MERGE" not in text
        assert "ON CONFLICT" not in text
        assert "ON DUPLICATE" not in text


def test_sql_server_understands_every_statement(statements: list[ClauseElement]) -> None:
    for told in (str(it.compile(dialect=MSSQL)) for it in statements):
        assert not foreign_words(told)
        assert not is_cut_in_no_order(told)


def test_every_value_is_a_typed_parameter(statements: list[ClauseElement]) -> None:
    """No value is part of a statement's text, and none is of a type that nobody chose."""
    assert all("'" not in str(it.compile(dialect=MSSQL)) for it in statements)
    assert not [it.key for it in _parameters(statements) if isinstance(it.type, NullType)]


def test_text_is_sent_to_sql_server_as_national_text(statements: list[ClauseElement]) -> None:
    """pymssql writes values into the statement itself: `N'...'`, or an accent is lost."""
    texts = {
        type(bound.type) for bound in _parameters(statements) if isinstance(bound.type, String)
    }
    assert texts
    assert all(issubclass(it, (Unicode, UnicodeText, mssql.NVARCHAR)) for it in texts)
    assert "N'L\N{LATIN SMALL LETTER I WITH DIAERESIS}ga'" in str(
        insert(tables.tournament)
        .values(tournament_id="t", name="L\N{LATIN SMALL LETTER I WITH DIAERESIS}ga")
        .compile(dialect=MSSQL, compile_kwargs={"literal_binds": True})
    )


def test_no_time_is_sent_as_a_date(statements: list[ClauseElement]) -> None:
    """Times are UTC epoch milliseconds: no server rounds them or takes them for local time."""
    kinds = {type(bound.value) for bound in _parameters(statements)}
    assert not kinds & {datetime.datetime, datetime.date, datetime.time}


def _parameters(statements: list[ClauseElement]) -> Iterator[BindParameter[object]]:
    for statement in statements:
        compiled: Any = statement.compile(dialect=MSSQL)
        yield from compiled.binds.values()
