from __future__ import annotations

from typing import Any

from hypothesis import given
from msgspec.structs import replace

from calcutta.sync.compare import AuctionItem, Books, differences
from shared.auction import LotState
from shared.bridge import Bid, Sale
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    BidPlaced,
    LedgerEntry,
    LotOpened,
    LotSold,
)
from tests.unit.client.auctions import Happened, happenings

EVENTS: list[AnyEvent] = [
    AuctionOpened(at_ms=1, rules_version=1),
    LotOpened(at_ms=2, lot_id="lot-1", minimum_cents=100, deadline_ms=9, rules_version=1),
    BidPlaced(
        at_ms=3,
        lot_id="lot-1",
        bidder=1,
        amount_cents=700,
        minimum_cents=800,
        extended_to_ms=9,
    ),
    LotSold(at_ms=9, lot_id="lot-1", owner=1, price_cents=700),
    AuctionClosed(at_ms=10),
]
ENTRIES = [LedgerEntry("auction", seq, event) for seq, event in enumerate(EVENTS, start=1)]
BOOKS = Books(
    auction=AuctionItem(seq=5, last_event=EVENTS[-1], spent={1: 700}),
    ledger=ENTRIES,
    lots=[LotState("lot-1", "sold", 4, 1, 700), LotState("lot-2", "unsold", 1)],
    events=ENTRIES,
    bids=[Bid(3, "lot-1", 1, 700)],
    sales=[Sale("lot-1", "Team 1", 1, 700, 4)],
    status="closed",
)


def found(**changes: Any) -> list[tuple[str, str]]:
    """Where the books differ after these changes."""
    return [(d.where, d.row) for d in differences(replace(BOOKS, **changes))]


def test_equal_books_have_no_differences() -> None:
    assert found() == []


@given(happenings())
def test_the_books_of_any_auction_are_equal(story: list[Happened]) -> None:
    view = story[-1].view
    events = [AuctionOpened(at_ms=1, rules_version=1), *(done.event for done in story)]
    entries = [LedgerEntry("auction", seq, event) for seq, event in enumerate(events, start=1)]
    books = Books(
        auction=AuctionItem(view.seq, events[-1], view.spent),
        ledger=entries,
        lots=list(view.lot_states.values()),
        events=entries,
        bids=[
            Bid(it.seq, it.event.lot_id, it.event.bidder, it.event.amount_cents)
            for it in entries
            if isinstance(it.event, BidPlaced)
        ],
        sales=[
            Sale(lot.lot_id, "Team", lot.owner or 0, lot.price_cents or 0, lot.seq)
            for lot in view.lot_states.values()
            if lot.status == "sold"
        ],
        status="closed" if view.status == "closed" else "open",
    )
    assert differences(books) == []


def test_an_auction_that_was_never_opened_has_equal_books() -> None:
    assert (
        found(auction=None, ledger=[], lots=[], events=[], bids=[], sales=[], status="planned")
        == []
    )


def test_a_gap_in_the_ledger_is_found() -> None:
    assert ("ledger", "seq 3") in found(ledger=ENTRIES[:2] + ENTRIES[3:])


def test_a_ledger_that_lags_behind_the_auction_is_found() -> None:
    assert found(ledger=ENTRIES[:4], events=ENTRIES[:4], status="open") == [("ledger", "seq 5")]


def test_a_ledger_that_is_ahead_of_the_auction_is_found() -> None:
    item = AuctionItem(seq=4, last_event=EVENTS[3], spent={1: 700})
    assert found(auction=item) == [("auction", "seq")]


def test_an_auction_item_that_is_gone_is_found() -> None:
    assert found(auction=None) == [("auction", "item")]


def test_another_last_event_is_found() -> None:
    item = AuctionItem(seq=5, last_event=AuctionClosed(at_ms=11), spent={1: 700})
    assert found(auction=item) == [("auction", "last event")]


def test_a_row_missing_in_the_database_is_found() -> None:
    assert found(events=ENTRIES[:-1]) == [("auction_event", "seq 5")]


def test_a_row_too_many_in_the_database_is_found() -> None:
    extra = LedgerEntry("auction", 6, AuctionClosed(at_ms=12))
    assert found(events=[*ENTRIES, extra]) == [("auction_event", "seq 6")]


def test_a_row_with_another_body_is_found() -> None:
    other = [*ENTRIES[:-1], LedgerEntry("auction", 5, AuctionClosed(at_ms=11))]
    assert found(events=other) == [("auction_event", "seq 5")]


def test_a_missing_bid_is_found() -> None:
    assert found(bids=[]) == [("bid", "seq 3")]


def test_a_bid_of_another_amount_is_found() -> None:
    assert found(bids=[Bid(3, "lot-1", 1, 600)]) == [("bid", "seq 3")]


def test_an_auction_that_the_database_has_in_another_status_is_found() -> None:
    assert found(status="open") == [("status", "in SQL")]


def test_a_sale_at_another_price_is_found() -> None:
    assert found(sales=[Sale("lot-1", "Team 1", 1, 600, 4)]) == [("sale", "of lot lot-1")]


def test_a_missing_sale_is_found() -> None:
    assert found(sales=[]) == [("sale", "of lot lot-1")]


def test_a_lot_with_another_owner_is_found() -> None:
    lots = [LotState("lot-1", "sold", 4, 2, 700)]
    assert found(lots=lots) == [("lots", "lot lot-1")]


def test_a_lot_sold_without_an_event_is_found() -> None:
    lots = [BOOKS.lots[0], LotState("lot-2", "sold", 4, 2, 700)]
    assert found(lots=lots) == [("lots", "lot lot-2")]


def test_another_sum_of_a_member_is_found() -> None:
    item = AuctionItem(seq=5, last_event=EVENTS[-1], spent={1: 800})
    assert found(auction=item) == [("auction", "spent by member 1")]


def test_a_difference_says_both_sides() -> None:
    (difference,) = differences(replace(BOOKS, sales=[]))
    assert str(difference).endswith("found nothing")
    assert "700" in str(difference)
