from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.ledger_rows import (
    BidRow,
    SaleRow,
    StatusRow,
    bids_of,
    latest_sales_of,
    latest_statuses_of,
)
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    AuctionReopened,
    BidPlaced,
    LedgerEntry,
    LotPassed,
    LotReset,
    LotSold,
)

BID = BidPlaced(
    at_ms=1, lot_id="L01", bidder=2, amount_cents=500, minimum_cents=600, extended_to_ms=9
)
SOLD = LotSold(at_ms=1, lot_id="L01", owner=2, price_cents=500)
RESET = LotReset(at_ms=1, lot_id="L01", owner=2, refund_cents=500)
OPENED = AuctionOpened(at_ms=1, rules_version=1)
CLOSED = AuctionClosed(at_ms=1)
REOPENED = AuctionReopened(at_ms=1)


def entry(seq: int, event: AnyEvent) -> LedgerEntry:
    return LedgerEntry(auction_id="a", seq=seq, event=event)


def test_a_bid_is_a_row_of_its_own() -> None:
    assert bids_of([entry(1, BID), entry(2, SOLD)]) == [BidRow("a", 1, "L01", 2, 500)]


def test_a_sale_holds_until_something_later_happens_to_the_lot() -> None:
    passed = entry(2, LotPassed(at_ms=1, lot_id="L02"))
    assert latest_sales_of([entry(1, SOLD), passed]) == [SaleRow("a", "L01", 1, "sold", 2, 500)]


def test_a_reset_voids_the_sale_before_it() -> None:
    assert latest_sales_of([entry(2, RESET), entry(1, SOLD)]) == [
        SaleRow("a", "L01", 2, "void", None, None)
    ]


def test_a_lot_may_be_sold_again_after_a_reset() -> None:
    [sale] = latest_sales_of([entry(3, SOLD), entry(1, SOLD), entry(2, RESET)])
    assert (sale.seq, sale.status) == (3, "sold")


def test_the_latest_word_on_an_auction_is_its_status() -> None:
    entries = [entry(1, OPENED), entry(5, CLOSED), entry(9, REOPENED)]
    assert latest_statuses_of(entries) == [StatusRow("a", 9, "open")]
    assert latest_statuses_of(entries[:2]) == [StatusRow("a", 5, "closed")]


@given(entries=st.permutations([entry(1, OPENED), entry(2, SOLD), entry(3, RESET),
                                entry(4, SOLD), entry(5, CLOSED), entry(6, REOPENED)]))  # fmt: skip
def test_the_order_of_the_entries_does_not_matter(entries: list[LedgerEntry]) -> None:
    in_order = sorted(entries, key=lambda it: it.seq)
    assert latest_sales_of(entries) == latest_sales_of(in_order)
    assert latest_statuses_of(entries) == latest_statuses_of(in_order)
