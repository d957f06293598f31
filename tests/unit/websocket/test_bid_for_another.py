"""A commissioner bids in the name of a member who is absent."""

import pytest

from shared.errors import Forbidden, NotFound
from shared.events import BidPlaced
from tests.fakes.builders import ADA, BEN, CLEO, DAN, EVE, RULES
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.state import HighBid


def test_the_bid_is_the_absent_members_and_the_event_says_who_made_it() -> None:
    world = World.with_lot_up()
    world.bid(ADA, 5_00, bidder=CLEO.number)
    assert world.lot.high == HighBid(CLEO.number, 5_00)
    assert isinstance(world.event, BidPlaced)
    assert world.event.actor == ADA.number


def test_an_admin_may_as_well() -> None:
    world = World.with_lot_up()
    world.bid(BEN, 5_00, bidder=CLEO.number)
    assert world.lot.high == HighBid(CLEO.number, 5_00)


def test_a_bidder_may_not_bid_for_another() -> None:
    with pytest.raises(Forbidden):
        World.with_lot_up().bid(CLEO, 5_00, bidder=DAN.number)


def test_the_absent_members_budget_holds() -> None:
    with refused("over_budget"):
        World.with_lot_up().bid(ADA, RULES.budgets[DAN.number] + 1, bidder=DAN.number)


def test_nobody_bids_for_a_spectator() -> None:
    with pytest.raises(Forbidden):
        World.with_lot_up().bid(ADA, 5_00, bidder=EVE.number)


def test_nobody_bids_for_who_is_not_a_member() -> None:
    with pytest.raises(NotFound):
        World.with_lot_up().bid(ADA, 5_00, bidder=99)


def test_the_absent_members_maximum_does_not_answer_a_bid_in_their_name() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(ADA, 30_00, bidder=CLEO.number)
    assert world.lot.high == HighBid(CLEO.number, 30_00)
    assert world.lot.maximum_cents == 40_00


def test_sent_again_it_changes_nothing() -> None:
    world = World.with_lot_up()
    first = world.bid(ADA, 5_00, bidder=CLEO.number, request_id="mine")
    assert world.bid(ADA, 5_00, bidder=CLEO.number, request_id="mine").seq == first.seq


def test_a_bid_of_ones_own_asks_for_no_members() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 5_00)
    world.forget_calls()
    world.bid(CLEO, 6_00, bidder=CLEO.number)
    assert world.reads == 0
