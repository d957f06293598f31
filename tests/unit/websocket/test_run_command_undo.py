"""Undo: the only command that looks into the ledger, which may lag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.commands import Pause, ResetClock, ResetLot, Resume, SeenBid, UndoBid
from shared.errors import Busy
from tests.fakes.builders import CLEO, DAN, next_lot
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.run_command import LEDGER_WAIT_S, LEDGER_WAITS
from websocket_service.logic.state import HighBid


def undo(world: World) -> None:
    world.run(UndoBid(request_id=world.new_request(), lot_id="L1"))


def test_undoing_goes_back_bid_by_bid_until_there_is_none() -> None:
    world = World.with_lot_up()
    for amount in (1_00, 2_00, 3_00):
        world.bid(CLEO, amount)
    for standing in (2_00, 1_00):
        undo(world)
        assert world.lot.high == HighBid(CLEO.number, standing)
    undo(world)
    assert world.lot.high is None
    with refused("no_bid_to_undo"):
        undo(world)


def test_an_undo_that_meets_another_bid_leaves_it_alone() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    seen = SeenBid(CLEO.number, 1_00)
    world.auctions.before_write(lambda: world.bid(DAN, 2_00))
    with refused("bid_changed"):
        world.run(UndoBid(request_id="u", lot_id="L1", seen=seen))
    assert world.lot.high == HighBid(DAN.number, 2_00)


def test_a_bid_that_somebody_else_undid_is_not_undone_again() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.bid(DAN, 2_00)
    undo(world)
    with refused("bid_changed"):
        world.run(UndoBid(request_id="u", lot_id="L1", seen=SeenBid(DAN.number, 2_00)))
    assert world.lot.high == HighBid(CLEO.number, 1_00)


def test_a_lot_that_just_came_up_has_no_bid_to_undo() -> None:
    with refused("no_bid_to_undo"):
        undo(World.with_lot_up())


def test_without_a_bid_the_ledger_is_not_asked() -> None:
    world = World.with_lot_up()
    world.forget_calls()
    with refused("no_bid_to_undo"):
        undo(world)
    assert not world.ledger.calls


def test_bids_of_an_earlier_round_of_the_lot_do_not_come_back() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 9_00)
    world.run(ResetLot(request_id="r", lot_id="L1"))
    world.run(next_lot(request_id="n2"))
    world.bid(DAN, 1_00)
    undo(world)
    assert world.lot.high is None


def test_pauses_and_clocks_between_the_bids_do_not_matter() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.run(Pause(request_id="p"))
    world.run(Resume(request_id="q"))
    world.bid(DAN, 2_00)
    world.run(ResetClock(request_id="c", lot_id="L1"))
    undo(world)
    assert world.lot.high == HighBid(CLEO.number, 1_00)


@given(st.lists(st.booleans(), max_size=20))
def test_after_any_bids_and_undos_the_high_bid_is_the_top_of_the_stack(bids: list[bool]) -> None:
    world = World.with_lot_up()
    stack: list[int] = []
    for is_bid in bids:
        if is_bid:
            stack.append(world.lot.minimum_cents)
            world.bid(CLEO, stack[-1])
        elif stack:
            stack.pop()
            undo(world)
    high = world.lot.high
    assert (high.amount_cents if high else None) == (stack[-1] if stack else None)


def test_while_the_ledger_lags_an_undo_waits_for_it() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.ledger.lags = True
    world.bid(CLEO, 2_00)
    world.bid(CLEO, 3_00)
    waits = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            world.ledger.catch_up()

    world.wait = wait
    undo(world)
    assert waits == [LEDGER_WAIT_S] * 3
    assert world.lot.high == HighBid(CLEO.number, 2_00)


def test_the_newest_bid_need_not_be_in_the_ledger_yet() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.ledger.lags = True
    world.bid(CLEO, 2_00)
    undo(world)
    assert world.lot.high == HighBid(CLEO.number, 1_00)


def test_if_the_ledger_does_not_catch_up_an_undo_is_answered_busy_and_changes_nothing() -> None:
    world = World.with_lot_up()
    world.ledger.lags = True
    world.bid(CLEO, 1_00)
    world.bid(CLEO, 2_00)
    before, started_ms = world.state, world.clock.now_ms
    with pytest.raises(Busy):
        undo(world)
    assert world.state == before
    assert world.clock.now_ms - started_ms == LEDGER_WAITS * LEDGER_WAIT_S * 1000


def test_a_ledger_with_a_gap_is_not_trusted() -> None:
    world = World.with_lot_up()
    for amount in (1_00, 2_00, 3_00):
        world.bid(CLEO, amount)
    del world.ledger.entries[("auction-1", world.state.seq - 1)]
    with pytest.raises(Busy):
        undo(world)
