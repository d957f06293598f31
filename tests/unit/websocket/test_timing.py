import pytest

from shared.commands import Pause, ResetClock, Resume, UndoBid
from shared.events import BidPlaced, BidUndone, ClockReset, Paused, Resumed
from tests.fakes.builders import NOW_MS, RULES, bidding_state, facts, open_state
from tests.fakes.refusals import refused
from websocket_service.logic.state import AuctionState, HighBid
from websocket_service.logic.timing import pause, reset_clock, resume, undo_bid

CLEO, DAN = 2, 3
DEADLINE = NOW_MS + 15_000
PAUSE, RESUME = Pause(request_id="p"), Resume(request_id="r")
RESET = ResetClock(request_id="c", lot_id="L1")
UNDO = UndoBid(request_id="u", lot_id="L1")


def paused_state(remaining_ms: int = 4_000, high: HighBid | None = None) -> AuctionState:
    bidding = bidding_state(high, remaining_ms=remaining_ms)
    return open_state(status="paused", seq=3, current=bidding.current)


# Pause and resume


def test_pausing_keeps_what_the_clock_had_left() -> None:
    change = pause(bidding_state(), PAUSE, facts(now_ms=DEADLINE - 4_000))
    assert change.after.status == "paused"
    assert change.after.current is not None
    assert change.after.current.remaining_ms == 4_000
    assert isinstance(change.event, Paused)
    assert change.event.remaining_ms == 4_000


def test_pausing_counts_an_extension_as_time_left() -> None:
    state = bidding_state(extended_to_ms=DEADLINE + 2_000)
    change = pause(state, PAUSE, facts(now_ms=DEADLINE))
    assert isinstance(change.event, Paused)
    assert change.event.remaining_ms == 2_000


def test_once_the_time_is_up_there_is_nothing_to_pause() -> None:
    with refused("deadline_passed"):
        pause(bidding_state(), PAUSE, facts(now_ms=DEADLINE))


def test_a_paused_auction_is_not_paused_again() -> None:
    with refused("auction_paused"):
        pause(paused_state(), PAUSE, facts())


def test_between_lots_there_is_no_clock_to_pause() -> None:
    with refused("lot_not_up"):
        pause(open_state(), PAUSE, facts())


def test_a_resumed_clock_goes_on_with_what_it_had_left() -> None:
    later = NOW_MS + 3_600_000
    change = resume(paused_state(4_000), RESUME, facts(now_ms=later))
    assert change.after.status == "bidding"
    assert change.after.current is not None
    assert change.after.current.deadline_ms == later + 4_000
    assert change.after.current.remaining_ms is None
    assert isinstance(change.event, Resumed)
    assert change.event.deadline_ms == later + 4_000


def test_an_auction_that_is_not_paused_is_not_resumed() -> None:
    with refused("auction_not_paused"):
        resume(bidding_state(), RESUME, facts())


def test_between_lots_there_is_nothing_to_resume() -> None:
    with refused("lot_not_up"):
        resume(open_state(), RESUME, facts())


# Resetting the clock


def test_a_reset_clock_is_full_again_and_forgets_its_extension() -> None:
    state = bidding_state(extended_to_ms=NOW_MS + 60_000)
    change = reset_clock(state, RESET, facts(now_ms=NOW_MS + 1_000))
    assert change.after.current is not None
    assert change.after.current.deadline_ms == NOW_MS + 1_000 + RULES.clock_ms
    assert isinstance(change.event, ClockReset)
    assert change.event.deadline_ms == NOW_MS + 1_000 + RULES.clock_ms


def test_a_reset_clock_keeps_the_high_bid() -> None:
    change = reset_clock(bidding_state(HighBid(CLEO, 5_00)), RESET, facts())
    assert change.after.current is not None
    assert change.after.current.high == HighBid(CLEO, 5_00)


def test_a_paused_clock_that_is_reset_runs() -> None:
    change = reset_clock(paused_state(), RESET, facts())
    assert change.after.status == "bidding"
    assert change.after.current is not None
    assert change.after.current.remaining_ms is None


@pytest.mark.parametrize("state", [open_state(), bidding_state()])
def test_the_clock_of_a_lot_that_is_not_up_is_never_reset(state: AuctionState) -> None:
    with refused("lot_not_up"):
        reset_clock(state, ResetClock(request_id="c", lot_id="L2"), facts())


def test_no_clock_is_reset_in_a_closed_auction() -> None:
    with refused("auction_closed"):
        reset_clock(open_state(status="closed"), RESET, facts())


# Undo


def placed(bidder: int, amount_cents: int) -> BidPlaced:
    return BidPlaced(
        at_ms=NOW_MS,
        lot_id="L1",
        bidder=bidder,
        amount_cents=amount_cents,
        minimum_cents=amount_cents + 1_00,
        extended_to_ms=NOW_MS,
    )


def test_an_undone_bid_lets_the_one_before_it_stand_again() -> None:
    state = bidding_state(HighBid(DAN, 9_00), minimum_cents=10_00)
    change = undo_bid(state, UNDO, facts(bids=(placed(CLEO, 5_00), placed(DAN, 9_00))))
    assert change.after.current is not None
    assert change.after.current.high == HighBid(CLEO, 5_00)
    assert change.after.current.minimum_cents == 6_00
    assert change.event == BidUndone(
        at_ms=NOW_MS,
        actor=0,
        request_id="u",
        lot_id="L1",
        bidder=DAN,
        amount_cents=9_00,
        minimum_cents=6_00,
        extended_to_ms=NOW_MS + RULES.extension_ms,
        high_bidder=CLEO,
        high_cents=5_00,
    )


def test_when_the_only_bid_is_undone_the_opening_minimum_counts_again() -> None:
    state = bidding_state(HighBid(DAN, 9_00), minimum_cents=10_00)
    change = undo_bid(state, UNDO, facts(bids=(placed(DAN, 9_00),)))
    assert change.after.current is not None
    assert change.after.current.high is None
    assert change.after.current.minimum_cents == 1_00


def test_an_undone_bid_gives_the_lot_an_extension() -> None:
    late = DEADLINE - 1
    state = bidding_state(HighBid(DAN, 9_00))
    change = undo_bid(state, UNDO, facts(now_ms=late, bids=(placed(DAN, 9_00),)))
    assert change.after.current is not None
    assert change.after.current.deadline_ms == late + RULES.extension_ms


def test_an_undone_bid_leaves_a_paused_clock_standing() -> None:
    state = paused_state(4_000, HighBid(DAN, 9_00))
    change = undo_bid(state, UNDO, facts(bids=(placed(DAN, 9_00),)))
    assert change.after.status == "paused"
    assert change.after.current is not None
    assert change.after.current.remaining_ms == 4_000


def test_without_a_bid_there_is_nothing_to_undo() -> None:
    with refused("no_bid_to_undo"):
        undo_bid(bidding_state(), UNDO, facts())


def test_a_bid_on_a_lot_that_is_not_up_is_not_undone() -> None:
    with refused("lot_not_up"):
        undo_bid(bidding_state(HighBid(DAN, 9_00)), UndoBid(request_id="u", lot_id="L2"), facts())
