"""The statements of a whole auction, as SQL Server and MySQL would be told them."""

from collections.abc import Callable

import pytest
from sqlalchemy import ClauseElement, Engine, event
from sqlalchemy.dialects import mssql, mysql
from sqlalchemy.engine import Dialect

from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.ledger import SqlLedger
from shared.bridge import FindMember, ListEvents, ListSales, OpenAuctionRequest
from shared.events import AuctionClosed
from tests.integration.rds_bridge.league import bid, entries, new_auction, reset, sold


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
    ledger.casts({auction_id})
    ledger.append(history[:3])
    ledger.append(history)
    ledger.list_events(ListEvents(auction_id))
    SqlAuctions(engine).list_sales(ListSales(auction_id))
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
