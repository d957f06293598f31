"""Between lots, a pause; then the next one comes up by itself."""

from shared.commands import CloseAuction, Hammer, SetAutoNext
from shared.events import AutoNextSet, LedgerEntry, LotOpened
from tests.fakes.builders import AUCTION, CLEO, NOW_MS, next_lot
from tests.fakes.catalogue import MemoryLedger
from tests.fakes.clock import Clock
from tests.fakes.queues import MemoryOutbox, NextLotLeft
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.hammer_due import next_lot_due
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.relay import StreamRecord, relay

PAUSE = SetAutoNext(request_id="auto", after_ms=5_000)
SET = LedgerEntry(AUCTION, 2, AutoNextSet(at_ms=NOW_MS, after_ms=5_000))


def pausing(lots: int = 3) -> World:
    """An auction in which lots come up five seconds after the last one ended."""
    world = World.opened(lots)
    world.run(PAUSE)
    return world


def pause_ends(world: World, seq: int | None = None) -> Outcome | None:
    due_ms = world.clock() + 5_000
    world.clock.advance(5_000)
    return next_lot_due(
        AUCTION, world.state.seq if seq is None else seq, due_ms, world.desk, wait=world.clock.sleep
    )


def carry(*records: StreamRecord) -> list[NextLotLeft]:
    """What the relay leaves of these records."""
    outbox = MemoryOutbox()
    relay(records, ledger=MemoryLedger(), outbox=outbox, now_ms=Clock())
    return outbox.next_lots


def test_setting_it_is_an_event() -> None:
    world = pausing()
    assert isinstance(world.event, AutoNextSet)
    assert world.event.after_ms == world.state.auto_next_ms == 5_000


def test_it_can_be_switched_off() -> None:
    world = pausing()
    world.run(SetAutoNext(request_id="off"))
    assert world.state.auto_next_ms is None
    assert pause_ends(world) is None


def test_in_a_closed_auction_it_is_refused() -> None:
    world = World.opened()
    world.run(CloseAuction(request_id="c"))
    with refused("auction_closed"):
        world.run(PAUSE)


def test_after_the_pause_a_lot_is_up_that_nobody_asked_for() -> None:
    world = pausing()
    outcome = pause_ends(world)
    assert outcome is not None
    assert isinstance(world.event, LotOpened)
    assert world.event.actor is None


def test_lots_come_up_by_themselves_as_they_are_arranged() -> None:
    world = pausing(lots=6)
    came_up = []
    for n in range(6):
        pause_ends(world)
        came_up.append(lot := world.lot.lot_id)
        world.bid(CLEO, 1_00, lot_id=lot)
        world.run(Hammer(request_id=f"h{n}", lot_id=lot, forced=True))
    assert came_up == ["L1", "L2", "L3", "L4", "L5", "L6"]


def test_a_message_that_is_early_waits_for_the_end_of_the_pause() -> None:
    world = pausing()
    due_ms = world.clock() + 900
    next_lot_due(AUCTION, world.state.seq, due_ms, world.desk, wait=world.clock.sleep)
    assert isinstance(world.event, LotOpened)
    assert world.event.at_ms == due_ms


def test_if_somebody_was_first_nothing_happens() -> None:
    world = pausing()
    seq = world.state.seq
    world.run(next_lot("L2"))
    assert pause_ends(world, seq) is None
    assert world.lot.lot_id == "L2"


def test_if_a_lot_came_and_went_in_the_pause_its_own_pause_counts() -> None:
    world = pausing()
    seq = world.state.seq
    world.run(next_lot("L2"))
    world.run(Hammer(request_id="h", lot_id="L2", forced=True))
    assert pause_ends(world, seq) is None
    assert pause_ends(world) is not None


def test_the_same_message_twice_puts_one_lot_up() -> None:
    world = pausing()
    seq = world.state.seq
    pause_ends(world, seq)
    assert pause_ends(world, seq) is None


def test_when_every_lot_is_sold_nothing_comes_up() -> None:
    world = pausing(lots=1)
    pause_ends(world)
    world.bid(CLEO, 1_00)
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    assert pause_ends(world) is None


def test_for_an_auction_that_is_not_there_nothing_happens() -> None:
    world = World()
    assert next_lot_due(AUCTION, 1, 0, world.desk, wait=world.clock.sleep) is None


def test_the_relay_leaves_the_next_lot_at_the_end_of_the_pause() -> None:
    assert carry(StreamRecord("1", SET, next_lot_ms=5_000)) == [
        NextLotLeft(AUCTION, 2, NOW_MS + 5_000, NOW_MS)
    ]


def test_the_relay_leaves_only_what_the_latest_event_of_a_batch_asks_for() -> None:
    later = LedgerEntry(AUCTION, 3, AutoNextSet(at_ms=NOW_MS + 1, after_ms=5_000))
    assert [
        left.seq
        for left in carry(
            StreamRecord("1", SET, next_lot_ms=5_000), StreamRecord("2", later, next_lot_ms=5_000)
        )
    ] == [3]
    assert carry(StreamRecord("1", SET, next_lot_ms=5_000), StreamRecord("2", later)) == []
