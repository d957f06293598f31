from hypothesis import given
from hypothesis import strategies as st

from shared.events import AnyEvent, BidPlaced, BidUndone, ClockReset
from websocket_service.logic.history import standing_bids


def placed(amount_cents: int) -> BidPlaced:
    return BidPlaced(
        at_ms=0,
        lot_id="L1",
        bidder=1,
        amount_cents=amount_cents,
        minimum_cents=amount_cents + 1,
        extended_to_ms=0,
    )


def undone(amount_cents: int) -> BidUndone:
    return BidUndone(
        at_ms=0,
        lot_id="L1",
        bidder=1,
        amount_cents=amount_cents,
        minimum_cents=1,
        extended_to_ms=0,
    )


def test_a_lot_without_events_has_no_bids() -> None:
    assert standing_bids([]) == ()


def test_bids_are_listed_oldest_first() -> None:
    assert standing_bids([placed(1), placed(2)]) == (placed(1), placed(2))


def test_an_undo_takes_back_the_latest_bid_that_stands() -> None:
    assert standing_bids([placed(1), placed(2), undone(2), undone(1), placed(3)]) == (placed(3),)


def test_events_of_the_clock_change_no_bid() -> None:
    reset = ClockReset(at_ms=0, lot_id="L1", deadline_ms=1)
    assert standing_bids([placed(1), reset]) == (placed(1),)


@given(st.lists(st.booleans(), max_size=60))
def test_after_any_bids_and_undos_those_stand_that_a_stack_would_hold(bids: list[bool]) -> None:
    stack: list[int] = []
    events: list[AnyEvent] = []
    for amount, is_bid in enumerate(bids, start=1):
        if is_bid:
            stack.append(amount)
            events.append(placed(amount))
        elif stack:
            events.append(undone(stack.pop()))
    assert [bid.amount_cents for bid in standing_bids(events)] == stack
