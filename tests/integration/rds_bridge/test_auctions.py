import msgspec
import pytest
from sqlalchemy import Engine

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.ledger import SqlLedger
from shared.auction import BidRule, LeagueRules, Slot
from shared.bridge import (
    AuctionProjection,
    FindMember,
    ListSales,
    MemberNow,
    OpenAuctionRequest,
    Sale,
)
from shared.errors import NotFound
from shared.events import AuctionClosed
from tests.integration.rds_bridge.league import entries, new_auction, reset, rows, sold


@pytest.fixture
def projection(engine: Engine, auction_id: str) -> AuctionProjection:
    return SqlAuctions(engine).open(OpenAuctionRequest(auction_id))


def status(engine: Engine, auction_id: str) -> str:
    [row] = rows(engine, tables.auction, auction_id)
    return str(row[1])


def test_opening_tells_title_and_rules(projection: AuctionProjection) -> None:
    assert projection.title == "Lïga"
    assert projection.rules == LeagueRules(bid_rules=(BidRule(0, 100),), clock_ms=9_000)


def test_opening_tells_the_members_by_number(projection: AuctionProjection) -> None:
    assert projection.members == (
        MemberNow(0, "u1", "Commissioner", "commissioner", version=1),
        MemberNow(1, "u2", "Bidder 01", "bidder", 250_50, version=1),
    )
    assert (projection.former, projection.version) == ((), 3)


def test_opening_tells_the_lots_with_their_slots(projection: AuctionProjection) -> None:
    assert [(lot.lot_id, lot.name) for lot in projection.lots] == [
        ("L01", "East 1 Alphas"),
        ("L02", "West 1 Gammas"),
        ("L03", "2 seeds"),
    ]
    assert projection.lots[2].slots == (
        Slot("S002", "East", 2, ("Betas",)),
        Slot("S004", "West", 2, ("Deltas", "Epsilons")),
    )


def test_a_projection_is_valid_as_its_reader_sees_it(projection: AuctionProjection) -> None:
    sent = msgspec.json.encode(projection)
    assert msgspec.json.decode(sent, type=AuctionProjection) == projection


def test_opening_marks_the_auction(engine: Engine, auction_id: str) -> None:
    assert status(engine, auction_id) == "planned"
    SqlAuctions(engine).open(OpenAuctionRequest(auction_id))
    assert status(engine, auction_id) == "open"


def test_opening_again_tells_the_same_and_reopens_nothing(
    engine: Engine, auction_id: str, projection: AuctionProjection
) -> None:
    SqlLedger(engine).append(entries(auction_id, [AuctionClosed(at_ms=1)]))
    assert SqlAuctions(engine).open(OpenAuctionRequest(auction_id)) == projection
    assert status(engine, auction_id) == "closed"


@pytest.mark.usefixtures("auction_id")
def test_an_unknown_auction_cannot_be_opened(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlAuctions(engine).open(OpenAuctionRequest("nowhere"))


def test_a_user_is_a_member_of_the_auctions_league(engine: Engine, auction_id: str) -> None:
    found = SqlAuctions(engine).find_member(FindMember(auction_id, "u2"))
    assert found == MemberNow(1, "u2", "Bidder 01", "bidder", 250_50, version=1)


@pytest.mark.parametrize("user_id", ["u3", "U2", "u"])
def test_another_user_is_not_found(engine: Engine, auction_id: str, user_id: str) -> None:
    with pytest.raises(NotFound):
        SqlAuctions(engine).find_member(FindMember(auction_id, user_id))


def test_sales_are_told_in_the_order_of_their_lots(engine: Engine, auction_id: str) -> None:
    SqlLedger(engine).append(entries(auction_id, [sold("L03", 900), sold("L01", 500)]))
    told = SqlAuctions(engine).list_sales(ListSales(auction_id))
    assert [member.number for member in told.members] == [0, 1]
    assert told.sales == (
        Sale("L01", "East 1 Alphas", 1, 500, 2),
        Sale("L03", "2 seeds", 1, 900, 1),
    )


def test_a_sale_that_was_taken_back_is_not_told(engine: Engine, auction_id: str) -> None:
    SqlLedger(engine).append(entries(auction_id, [sold("L01"), reset("L01")]))
    assert SqlAuctions(engine).list_sales(ListSales(auction_id)).sales == ()


def test_sales_of_another_auction_are_not_told(engine: Engine, auction_id: str) -> None:
    SqlLedger(engine).append(entries(new_auction(engine), [sold("L01")]))
    assert SqlAuctions(engine).list_sales(ListSales(auction_id)).sales == ()


def test_an_unknown_auction_has_no_sales(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlAuctions(engine).list_sales(ListSales("nowhere"))
