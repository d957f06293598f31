from collections.abc import Sequence

import pytest

from shared.auction import LotState
from shared.commands import Hammer, NextLot, PassLot, ResetLot, SeenBid
from shared.errors import NotFound
from shared.events import LotOpened, LotPassed, LotReset, LotSold
from shared.fields import LotStatus
from tests.fakes.builders import NOW_MS, RULES, bidding_state, facts, next_lot, open_state
from tests.fakes.refusals import refused
from websocket_service.logic.change import Change
from websocket_service.logic.lots import hammer, pass_lot, reset_lot
from websocket_service.logic.lots import next_lot as put_up
from websocket_service.logic.state import AuctionState, HighBid

CLEO, DAN = 2, 3
HIGH = HighBid(CLEO, 40_00)
DEADLINE = NOW_MS + 15_000


def rows(*statuses: LotStatus) -> tuple[LotState, ...]:
    """Rows of L1, L2, …; those sold were sold to Cleo for 40.00."""
    return tuple(
        LotState(f"L{n}", status, 1, CLEO, 40_00)
        if status == "sold"
        else LotState(f"L{n}", status, 1)
        for n, status in enumerate(statuses, start=1)
    )


# The next lot


def test_the_lot_named_comes_up_with_its_full_clock_and_the_opening_minimum() -> None:
    change = put_up(open_state(), next_lot("L2"), facts(lot_states=rows("unsold", "unsold")))
    assert change.event == LotOpened(
        at_ms=NOW_MS,
        actor=0,
        request_id="next",
        lot_id="L2",
        minimum_cents=1_00,
        deadline_ms=NOW_MS + RULES.clock_ms,
        rules_version=RULES.version,
    )
    assert change.after.status == "bidding"
    assert change.lot == LotState("L2", "up", change.after.seq)


def test_a_lot_remembers_the_event_that_put_it_up() -> None:
    change = put_up(open_state(), next_lot(), facts(lot_states=rows("unsold")))
    assert change.after.current is not None
    assert change.after.current.opened_seq == change.after.seq


@pytest.mark.parametrize("status", ["unsold", "passed"])
def test_a_lot_that_was_not_sold_can_come_up(status: LotStatus) -> None:
    change = put_up(open_state(), next_lot(), facts(lot_states=rows(status)))
    assert change.lot is not None
    assert change.lot.status == "up"


def test_a_sold_lot_cannot_come_up() -> None:
    with refused("lot_not_available"):
        put_up(open_state(), next_lot(), facts(lot_states=rows("sold")))


def test_a_lot_that_the_auction_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFound):
        put_up(open_state(), next_lot("L9"), facts(lot_states=rows("unsold")))


def test_no_lot_comes_up_while_one_is() -> None:
    with refused("lot_is_up"):
        put_up(bidding_state(), next_lot("L2"), facts(lot_states=rows("up", "unsold")))


def test_no_lot_comes_up_in_a_closed_auction() -> None:
    with refused("auction_closed"):
        put_up(open_state(status="closed"), next_lot(), facts(lot_states=rows("unsold")))


@pytest.mark.parametrize(
    ("statuses", "eligible"),
    [
        (("unsold", "passed", "unsold", "sold"), ["L1", "L3"]),
        (("sold", "passed", "sold", "passed"), ["L2", "L4"]),
    ],
)
def test_a_lot_is_picked_among_those_never_up_and_then_among_those_passed(
    statuses: tuple[LotStatus, ...], eligible: list[str]
) -> None:
    offered: list[Sequence[str]] = []

    def choose(lots: Sequence[str]) -> str:
        offered.append(lots)
        return lots[-1]

    change = put_up(open_state(), next_lot(None), facts(lot_states=rows(*statuses), choose=choose))
    assert offered == [eligible]
    assert change.lot is not None
    assert change.lot.lot_id == eligible[-1]


@pytest.mark.parametrize(
    ("statuses", "first"),
    [(("sold", "passed", "unsold", "unsold"), "L3"), (("sold", "passed", "passed"), "L2")],
)
def test_in_order_the_first_comes_up_of_those_never_up_and_then_of_those_passed(
    statuses: tuple[LotStatus, ...], first: str
) -> None:
    command = NextLot(request_id="next", order="arranged")
    last = facts(lot_states=rows(*statuses), choose=lambda lots: lots[-1])
    change = put_up(open_state(), command, last)
    assert change.lot is not None
    assert change.lot.lot_id == first


def test_a_lot_that_is_named_comes_up_whatever_the_order() -> None:
    command = NextLot(request_id="next", lot_id="L2", order="arranged")
    change = put_up(open_state(), command, facts(lot_states=rows("unsold", "unsold")))
    assert change.lot is not None
    assert change.lot.lot_id == "L2"


def test_when_every_lot_is_sold_no_lot_is_left() -> None:
    with refused("no_lots_left"):
        put_up(open_state(), next_lot(None), facts(lot_states=rows("sold", "sold")))


# The hammer


def nudge(state: AuctionState, now_ms: int, *, forced: bool = False) -> Change:
    command = Hammer(request_id="h", lot_id="L1", forced=forced)
    return hammer(state, command, facts(now_ms=now_ms, actor=DAN))


def test_at_the_deadline_the_lot_is_sold_to_the_high_bidder() -> None:
    change = nudge(bidding_state(HIGH), DEADLINE)
    assert change.event == LotSold(
        at_ms=DEADLINE, actor=DAN, request_id="h", lot_id="L1", owner=CLEO, price_cents=40_00
    )
    assert change.lot == LotState("L1", "sold", change.after.seq, CLEO, 40_00)
    assert change.after.status == "open"
    assert change.after.current is None


def test_the_price_is_added_to_what_the_owner_spent() -> None:
    state = bidding_state(HIGH)
    state.spent.update({CLEO: 5_00, DAN: 7_00})
    assert nudge(state, DEADLINE).after.spent == {CLEO: 45_00, DAN: 7_00}


def test_before_the_deadline_the_hammer_does_not_fall() -> None:
    with refused("deadline_not_reached"):
        nudge(bidding_state(HIGH), DEADLINE - 1)


def test_an_extension_holds_the_hammer_back() -> None:
    state = bidding_state(HIGH, extended_to_ms=DEADLINE + 1)
    with refused("deadline_not_reached"):
        nudge(state, DEADLINE)


def test_a_lot_without_a_bid_is_passed() -> None:
    change = nudge(bidding_state(), DEADLINE)
    assert isinstance(change.event, LotPassed)
    assert change.lot == LotState("L1", "passed", change.after.seq)
    assert change.after.spent == {}


def test_a_forced_hammer_falls_before_the_deadline() -> None:
    assert isinstance(nudge(bidding_state(HIGH), NOW_MS, forced=True).event, LotSold)


def test_the_hammer_does_not_fall_while_the_clock_stands() -> None:
    state = bidding_state(HIGH, remaining_ms=5)
    with refused("auction_paused"):
        nudge(open_state(status="paused", current=state.current), DEADLINE)


def test_a_forced_hammer_falls_while_the_clock_stands() -> None:
    state = bidding_state(HIGH, remaining_ms=5)
    paused = open_state(status="paused", current=state.current)
    assert isinstance(nudge(paused, NOW_MS, forced=True).event, LotSold)


def test_the_hammer_does_not_fall_twice() -> None:
    sold = nudge(bidding_state(HIGH), DEADLINE).after
    with refused("lot_not_up"):
        nudge(sold, DEADLINE)


def test_a_hammer_falls_on_the_bid_that_was_seen() -> None:
    command = Hammer(request_id="h", lot_id="L1", forced=True, seen=SeenBid(CLEO, 40_00))
    assert isinstance(hammer(bidding_state(HIGH), command, facts()).event, LotSold)


def test_a_hammer_meant_for_a_lot_without_a_bid_does_not_sell_it() -> None:
    command = Hammer(request_id="h", lot_id="L1", forced=True, seen=SeenBid())
    with refused("bid_changed"):
        hammer(bidding_state(HIGH), command, facts())


# Passing


def test_a_passed_lot_is_off_the_block_and_its_bids_are_void() -> None:
    change = pass_lot(bidding_state(HIGH), PassLot(request_id="p", lot_id="L1"), facts())
    assert isinstance(change.event, LotPassed)
    assert change.lot == LotState("L1", "passed", change.after.seq)
    assert change.after.current is None
    assert change.after.spent == {}


def test_a_lot_that_is_not_up_is_not_passed() -> None:
    with refused("lot_not_up"):
        pass_lot(bidding_state(), PassLot(request_id="p", lot_id="L2"), facts())


# Resetting

RESET = ResetLot(request_id="r", lot_id="L1")


def test_resetting_a_sold_lot_gives_the_price_back_and_says_so() -> None:
    state = open_state(spent={CLEO: 45_00, DAN: 7_00})
    change = reset_lot(state, RESET, facts(lot_states=rows("sold")))
    assert change.after.spent == {CLEO: 5_00, DAN: 7_00}
    assert change.lot == LotState("L1", "unsold", change.after.seq)
    assert change.event == LotReset(
        at_ms=NOW_MS, actor=0, request_id="r", lot_id="L1", owner=CLEO, refund_cents=40_00
    )


def test_who_gets_everything_back_is_not_listed_with_zero() -> None:
    change = reset_lot(open_state(spent={CLEO: 40_00}), RESET, facts(lot_states=rows("sold")))
    assert change.after.spent == {}


def test_resetting_a_passed_lot_refunds_nobody() -> None:
    change = reset_lot(open_state(spent={DAN: 7_00}), RESET, facts(lot_states=rows("passed")))
    assert change.event == LotReset(at_ms=NOW_MS, actor=0, request_id="r", lot_id="L1")
    assert change.after.spent == {DAN: 7_00}


def test_resetting_the_lot_that_is_up_takes_it_off_the_block_and_refunds_nobody() -> None:
    change = reset_lot(bidding_state(HIGH), RESET, facts(lot_states=rows("up")))
    assert change.event == LotReset(at_ms=NOW_MS, actor=0, request_id="r", lot_id="L1")
    assert change.after.status == "open"
    assert change.after.current is None


def test_resetting_another_lot_leaves_the_one_that_is_up_alone() -> None:
    state = bidding_state(HIGH)
    state.spent.update({CLEO: 40_00})
    command = ResetLot(request_id="r", lot_id="L2")
    change = reset_lot(state, command, facts(lot_states=rows("up", "sold")))
    assert change.after.current == state.current
    assert change.after.status == "bidding"


def test_a_lot_that_was_neither_sold_nor_passed_has_nothing_to_reset() -> None:
    with refused("lot_not_settled"):
        reset_lot(open_state(), RESET, facts(lot_states=rows("unsold")))


def test_nothing_is_reset_in_a_closed_auction() -> None:
    with refused("auction_closed"):
        reset_lot(open_state(status="closed"), RESET, facts(lot_states=rows("sold")))


def test_resetting_a_lot_that_the_auction_does_not_have_is_not_found() -> None:
    with pytest.raises(NotFound):
        reset_lot(open_state(), RESET, facts(lot_states=()))
