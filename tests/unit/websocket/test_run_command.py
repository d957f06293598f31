import pytest

from shared.commands import Hammer, NextLot, PassLot, Pause, ResetClock, ResetLot
from shared.errors import Busy, Forbidden
from shared.events import LotOpened, LotReset, LotSold
from shared.limits import REPLAY_WINDOW
from tests.fakes.builders import ADA, AUCTION, BEN, CLEO, DAN, RULES, next_lot
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.run_command import ATTEMPTS, fall_hammer
from websocket_service.logic.state import HighBid

HAMMER = Hammer(request_id="h", lot_id="L1")
FORCED = Hammer(request_id="f", lot_id="L1", forced=True)


def test_a_command_is_written_and_returns_its_event_for_the_broadcast() -> None:
    world = World.opened()
    outcome = world.run(next_lot("L2"))
    assert outcome.entry is not None
    assert outcome.entry.event == world.event
    assert outcome.seq == world.state.seq == 2
    assert world.lot_status("L2") == "up"


def test_a_command_before_the_auction_was_opened_is_refused() -> None:
    with refused("auction_not_open"):
        World().run(next_lot())


def test_a_member_without_the_right_is_told_so_before_anything_is_read() -> None:
    world = World.with_lot_up()
    world.forget_calls()
    with pytest.raises(Forbidden):
        world.run(PassLot(request_id="p", lot_id="L1"), CLEO)
    assert world.reads == 0


def test_a_write_that_tells_the_audience_passes_it_on() -> None:
    world = World.with_lot_up()
    world.auctions.audience = 12
    assert world.run(Pause(request_id="p")).audience == 12


# Sent again


def test_a_command_sent_again_is_answered_as_the_first_time_and_changes_nothing() -> None:
    world = World.with_lot_up()
    first = world.run(Pause(request_id="p"))
    before = world.state
    second = world.run(Pause(request_id="p"))
    assert (second.seq, second.entry) == (first.seq, None)
    assert world.state == before


def test_a_command_sent_again_after_others_is_answered_as_the_first_time() -> None:
    world = World.with_lot_up()
    first = world.run(ResetClock(request_id="c", lot_id="L1"))
    for n in range(1, REPLAY_WINDOW):
        world.bid(CLEO, n * 1_00)
    assert world.run(ResetClock(request_id="c", lot_id="L1")).seq == first.seq


def test_the_same_request_id_from_two_members_is_two_commands() -> None:
    world = World.with_lot_up()
    command = ResetClock(request_id="same", lot_id="L1")
    assert world.run(command, BEN).seq == world.run(command, ADA).seq - 1


def test_the_same_command_sent_twice_at_once_is_done_once() -> None:
    world = World.opened()
    world.auctions.before_write(lambda: world.run(NextLot(request_id="same")))
    outcome = world.run(NextLot(request_id="same"))
    assert outcome.seq == world.state.seq == 2


# Races


def test_a_command_that_meets_a_bid_is_decided_anew() -> None:
    world = World.with_lot_up()
    world.auctions.before_write(lambda: world.bid(CLEO, 7_00))
    world.run(FORCED)
    assert isinstance(world.event, LotSold)
    assert world.event.price_cents == 7_00


def test_a_hammer_that_meets_a_late_bid_does_not_fall() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms)

    def a_bid_that_was_decided_just_before() -> None:
        world.clock.advance(-1)
        world.bid(CLEO, 1_00)
        world.clock.advance(1)

    world.auctions.before_write(a_bid_that_was_decided_just_before)
    with refused("deadline_not_reached"):
        world.run(HAMMER)
    assert world.lot.high == HighBid(CLEO.number, 1_00)


def test_a_bid_that_meets_the_hammer_is_refused() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.auctions.before_write(lambda: world.run(FORCED))
    with refused("lot_not_up"):
        world.bid(DAN, 2_00)
    assert world.state.spent == {CLEO.number: 1_00}


def test_two_hammers_at_once_sell_once() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 5_00)
    world.clock.advance(RULES.clock_ms)
    world.auctions.before_write(lambda: world.run(HAMMER, DAN))
    with refused("lot_not_up"):
        world.run(HAMMER, CLEO)
    assert world.state.spent == {CLEO.number: 5_00}


def test_a_command_that_keeps_losing_is_answered_busy_after_ten_attempts() -> None:
    world = World.with_lot_up()
    bids = iter(range(1, 100))
    world.auctions.before_write(*[lambda: world.bid(CLEO, next(bids) * 1_00)] * ATTEMPTS)
    with pytest.raises(Busy):
        world.run(Pause(request_id="p"))
    assert world.auctions.calls["commit"] == 1 + ATTEMPTS
    assert world.state.status == "bidding"


def test_a_lot_that_came_up_between_the_reads_is_seen() -> None:
    world = World.opened(lots=1)
    world.catalogue.before_lots(lambda: world.run(next_lot(None, request_id="theirs")))
    with refused("lot_is_up"):
        world.run(next_lot(None, request_id="ours"))


def test_a_lot_that_was_sold_between_the_reads_is_reset_with_its_refund() -> None:
    world = World.opened()

    def it_is_sold() -> None:
        world.run(next_lot())
        world.bid(CLEO, 5_00)
        world.run(FORCED)

    world.catalogue.before_lots(it_is_sold)
    world.run(ResetLot(request_id="r", lot_id="L1"))
    assert isinstance(world.event, LotReset)
    assert world.event.refund_cents == 5_00
    assert world.state.spent == {}


# Which lot, by which rules


def test_a_random_lot_is_one_that_was_not_sold() -> None:
    world = World.opened(lots=3)
    came_up = set()
    for n in range(3):
        world.run(NextLot(request_id=f"n{n}"))
        came_up.add(world.lot.lot_id)
        world.bid(CLEO, 1_00, lot_id=world.lot.lot_id)
        world.run(Hammer(request_id=f"h{n}", lot_id=world.lot.lot_id, forced=True))
    assert came_up == {"L1", "L2", "L3"}
    with refused("no_lots_left"):
        world.run(NextLot(request_id="n4"))


def test_a_passed_lot_can_come_back_and_be_sold() -> None:
    world = World.with_lot_up()
    world.run(PassLot(request_id="p", lot_id="L1"))
    world.run(next_lot("L1", request_id="back"))
    assert isinstance(world.event, LotOpened)
    world.bid(CLEO, 1_00)
    world.run(FORCED)
    assert world.lot_status("L1") == "sold"


def test_the_clock_of_a_sold_lot_is_not_reset_and_the_lot_stays_sold() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.run(FORCED)
    with refused("lot_not_up"):
        world.run(ResetClock(request_id="c", lot_id="L1"))
    assert world.lot_status("L1") == "sold"


# The server's own hammer


def test_the_servers_hammer_names_neither_a_member_nor_a_request() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.clock.advance(RULES.clock_ms)
    fall_hammer(AUCTION, "L1", world.desk)
    assert isinstance(world.event, LotSold)
    assert (world.event.actor, world.event.request_id) == (None, None)


def test_the_servers_hammer_does_not_fall_before_the_deadline() -> None:
    world = World.with_lot_up()
    with refused("deadline_not_reached"):
        fall_hammer(AUCTION, "L1", world.desk)


# What it costs


def test_a_hammer_in_a_warm_container_is_one_read_and_one_write() -> None:
    world = World.with_lot_up()
    world.forget_calls()
    world.run(FORCED)
    assert world.auctions.calls == {"read": 1, "commit": 1}
    assert world.reads == 1


def test_a_hammer_in_a_cold_container_also_reads_the_rules() -> None:
    world = World.with_lot_up()
    world.rules_book.forget()
    world.forget_calls()
    world.run(FORCED)
    assert world.reads == 2
