"""The same bid, sent again."""

from shared.commands import ResetLot, UndoBid
from shared.limits import REPLAY_WINDOW
from tests.fakes.builders import CLEO, DAN, next_lot
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.state import HighBid


def test_a_bid_sent_again_is_answered_as_the_first_time_and_changes_nothing() -> None:
    world = World.with_lot_up()
    first = world.bid(CLEO, 5_00, request_id="again")
    before = world.state
    second = world.bid(CLEO, 5_00, request_id="again")
    assert second.seq == first.seq
    assert second.entry is None
    assert world.state == before


def test_a_bid_sent_again_after_it_was_outbid_is_answered_as_the_first_time() -> None:
    world = World.with_lot_up()
    first = world.bid(CLEO, 1_00, request_id="again")
    for n in range(2, REPLAY_WINDOW + 1):
        world.bid(DAN, n * 1_00)
    assert world.bid(CLEO, 1_00, request_id="again").seq == first.seq


def test_a_bid_sent_again_beyond_the_replay_window_is_a_bid_that_is_too_low() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00, request_id="again")
    for n in range(2, REPLAY_WINDOW + 2):
        world.bid(DAN, n * 1_00)
    with refused("bid_too_low"):
        world.bid(CLEO, 1_00, request_id="again")


def test_a_bid_sent_again_after_it_was_taken_back_does_not_stand_again() -> None:
    world = World.with_lot_up()
    first = world.bid(CLEO, 5_00, request_id="again")
    world.run(UndoBid(request_id="u", lot_id="L1"))
    assert world.bid(CLEO, 5_00, request_id="again").seq == first.seq
    assert world.lot.high is None


def test_a_bid_sent_again_after_its_lot_was_reset_and_came_back_does_not_stand_again() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 5_00, request_id="again")
    world.run(ResetLot(request_id="r", lot_id="L1"))
    world.run(next_lot(request_id="n2"))
    world.bid(CLEO, 5_00, request_id="again")
    assert world.lot.high is None


def test_the_same_request_id_from_two_members_is_two_requests() -> None:
    world = World.with_lot_up()
    first = world.bid(CLEO, 1_00, request_id="same")
    second = world.bid(DAN, 2_00, request_id="same")
    assert second.seq == first.seq + 1
    assert world.lot.high == HighBid(DAN.number, 2_00)
