from shared.commands import Hammer, Pause, ResetClock
from shared.events import LotPassed, LotSold
from tests.fakes.builders import AUCTION, CLEO, RULES, next_lot
from tests.fakes.world import World
from websocket_service.logic.hammer_due import MAX_WAIT_MS, hammer_due
from websocket_service.logic.outcome import Outcome


def fall_due(world: World, lot_id: str = "L1") -> Outcome | None:
    return hammer_due(AUCTION, lot_id, world.desk, wait=world.clock.sleep)


def test_when_the_clock_has_run_out_the_lot_is_sold() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.clock.advance(RULES.clock_ms)
    outcome = fall_due(world)
    assert outcome is not None
    assert outcome.entry is not None
    assert isinstance(outcome.entry.event, LotSold)


def test_a_lot_without_bids_ends_too() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms)
    fall_due(world)
    assert isinstance(world.event, LotPassed)


def test_a_message_that_is_early_waits_exactly_until_the_deadline() -> None:
    world = World.with_lot_up()
    deadline = world.lot.deadline_ms
    world.clock.now_ms = deadline - MAX_WAIT_MS
    assert fall_due(world) is not None
    assert world.clock.now_ms == deadline


def test_a_message_for_a_deadline_that_was_moved_is_dropped_without_waiting() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.bid(CLEO, 1_00)
    world.clock.advance(1)
    now = world.clock.now_ms
    assert fall_due(world) is None
    assert world.clock.now_ms == now
    assert world.lot.high is not None


def test_a_bid_that_comes_while_the_message_waits_keeps_the_lot_up() -> None:
    world = World.with_lot_up()
    world.clock.now_ms = world.lot.deadline_ms - 1_000

    def wait(seconds: float) -> None:
        world.bid(CLEO, 1_00)
        world.clock.sleep(seconds)

    assert hammer_due(AUCTION, "L1", world.desk, wait=wait) is None
    assert world.lot.high is not None


def test_a_message_for_a_lot_that_has_ended_is_dropped() -> None:
    world = World.with_lot_up()
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.clock.advance(RULES.clock_ms)
    assert fall_due(world) is None


def test_a_message_for_another_lot_is_dropped() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms)
    assert fall_due(world, "L2") is None


def test_a_message_for_a_paused_lot_is_dropped_without_waiting() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.run(Pause(request_id="p"))
    now = world.clock.now_ms
    assert fall_due(world) is None
    assert world.clock.now_ms == now


def test_a_message_for_no_auction_is_dropped() -> None:
    assert fall_due(World()) is None


def test_a_message_that_is_delivered_twice_ends_the_lot_once() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.clock.advance(RULES.clock_ms)
    assert fall_due(world) is not None
    assert fall_due(world) is None
    assert world.state.spent == {CLEO.number: 1_00}


def test_a_late_message_does_not_end_the_next_round_of_the_lot() -> None:
    world = World.with_lot_up()
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.run(next_lot("L1", request_id="again"))
    assert fall_due(world) is None


def test_a_message_from_before_the_clock_was_reset_is_dropped() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.run(ResetClock(request_id="c", lot_id="L1"))
    world.clock.advance(1)
    assert fall_due(world) is None
