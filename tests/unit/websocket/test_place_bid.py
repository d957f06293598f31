from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.auction import BidRule
from shared.commands import CloseAuction, Hammer, Pause, ResetLot, UndoBid
from shared.errors import Busy, Forbidden, Refused
from shared.events import BidPlaced
from shared.limits import MAX_AMOUNT_CENTS
from tests.fakes.builders import ADA, AUCTION, BEN, CLEO, DAN, EVE, RULES, next_lot
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.place_bid import ATTEMPTS
from websocket_service.logic.state import HighBid


def test_a_bid_that_stands_is_the_high_bid_and_returns_its_event_for_the_broadcast() -> None:
    world = World.with_lot_up()
    outcome = world.bid(CLEO, 5_00)
    assert world.lot.high == HighBid(CLEO.number, 5_00)
    assert outcome.entry is not None
    assert outcome.entry.event == world.event
    assert outcome.seq == outcome.entry.seq == world.state.seq


def test_the_event_says_who_bid_what_and_what_the_next_bid_must_be() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 50_00, request_id="mine")
    assert world.event == BidPlaced(
        at_ms=world.clock(),
        actor=CLEO.number,
        request_id="mine",
        lot_id="L1",
        bidder=CLEO.number,
        amount_cents=50_00,
        minimum_cents=55_00,
        extended_to_ms=world.clock() + RULES.extension_ms,
    )


def test_a_bid_below_the_minimum_is_refused_with_the_lowest_that_would_stand() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 50_00)
    with refused("bid_too_low") as refusal:
        world.bid(DAN, 54_99)
    assert refusal.error.minimum_cents == 55_00
    assert refusal.error.seq == world.state.seq
    world.bid(DAN, 55_00)


def test_a_bid_before_the_auction_was_opened_is_refused() -> None:
    with refused("auction_not_open"):
        World().bid(CLEO, 1_00)


def test_a_bid_between_lots_is_refused() -> None:
    with refused("lot_not_up"):
        World.opened().bid(CLEO, 1_00)


def test_a_late_bid_on_a_sold_lot_does_not_land_on_the_next_one() -> None:
    world = World.with_lot_up()
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.run(next_lot("L2", request_id="n2"))
    with refused("lot_not_up") as refusal:
        world.bid(CLEO, 5_00, lot_id="L1")
    assert refusal.error.minimum_cents == 1_00


def test_a_bid_while_the_clock_stands_is_refused() -> None:
    world = World.with_lot_up()
    world.run(Pause(request_id="p"))
    with refused("auction_paused"):
        world.bid(CLEO, 1_00)


def test_a_bid_in_a_closed_auction_is_refused() -> None:
    world = World.opened()
    world.run(CloseAuction(request_id="c"))
    with refused("auction_closed"):
        world.bid(CLEO, 1_00)


def test_a_bid_just_before_the_deadline_stands() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.bid(CLEO, 1_00)


def test_a_bid_at_the_deadline_is_refused() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms)
    with refused("deadline_passed"):
        world.bid(CLEO, 1_00)


def test_a_bid_inside_the_extension_window_moves_the_deadline() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.bid(CLEO, 1_00)
    assert world.lot.deadline_ms == world.clock() + RULES.extension_ms


def test_a_bid_before_the_extension_window_leaves_the_deadline() -> None:
    world = World.with_lot_up()
    deadline = world.lot.deadline_ms
    world.clock.advance(RULES.clock_ms - RULES.extension_ms)
    world.bid(CLEO, 1_00)
    assert world.lot.deadline_ms == deadline


def test_a_bid_of_all_that_is_left_of_the_budget_stands() -> None:
    world = World.with_lot_up()
    world.bid(DAN, RULES.budgets[DAN.number])


def test_a_bid_over_a_members_own_budget_is_refused() -> None:
    world = World.with_lot_up()
    with refused("over_budget"):
        world.bid(DAN, RULES.budgets[DAN.number] + 1)


def test_what_a_member_bought_before_counts_against_the_budget() -> None:
    world = World.with_lot_up()
    world.bid(DAN, 60_00)
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.run(next_lot("L2", request_id="n2"))
    with refused("over_budget"):
        world.bid(DAN, 40_01, lot_id="L2")
    world.bid(DAN, 40_00, lot_id="L2")


def test_the_highest_price_there_is_can_be_bid_and_the_auction_goes_on() -> None:
    world = World.opened()
    rich = replace(RULES, version=2, budget_cents=MAX_AMOUNT_CENTS)
    world.rules_book.add(AUCTION, rich)
    world.run(next_lot())
    world.bid(CLEO, MAX_AMOUNT_CENTS)
    with refused("bid_too_low") as refusal:
        world.bid(ADA, MAX_AMOUNT_CENTS)
    assert refusal.error.minimum_cents == MAX_AMOUNT_CENTS + 5_00
    world.run(UndoBid(request_id="u", lot_id="L1"))


def test_a_spectator_may_not_bid_and_nothing_is_read_or_written_to_find_out() -> None:
    world = World.with_lot_up()
    world.forget_calls()
    with pytest.raises(Forbidden):
        world.bid(EVE, 1_00)
    assert world.reads == 0
    assert not world.auctions.calls


# Two bids at once


@given(low=st.integers(1, 48), gap=st.integers(1, 48), higher_first=st.booleans())
def test_of_two_bids_at_once_the_higher_one_always_stands(
    low: int, gap: int, higher_first: bool
) -> None:
    world = World.with_lot_up()
    bids = [(BEN, low * 1_00), (CLEO, (low + gap) * 5_00)]
    if higher_first:
        bids.reverse()
    (ours, our_amount), (theirs, their_amount) = bids
    world.auctions.before_write(lambda: world.bid(theirs, their_amount))
    with suppress(Refused):
        world.bid(ours, our_amount)
    assert world.lot.high == HighBid(CLEO.number, (low + gap) * 5_00)


# What it costs


def test_a_bid_in_a_warm_container_is_one_write_and_no_read() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    world.forget_calls()
    world.bid(DAN, 2_00)
    assert world.auctions.calls == {"place_bid": 1}
    assert world.reads == 0


def test_a_refused_bid_in_a_warm_container_is_one_write_and_no_read() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 5_00)
    world.forget_calls()
    with refused("bid_too_low"):
        world.bid(DAN, 1_00)
    assert world.auctions.calls == {"place_bid": 1}
    assert world.reads == 0


def test_the_first_bid_of_a_cold_container_reads_the_rules_once() -> None:
    world = World.with_lot_up()
    world.rules_book.forget()
    world.forget_calls()
    world.bid(CLEO, 1_00)
    assert world.auctions.calls == {"place_bid": 1}
    assert world.reads == 1


# Rules that change


def with_new_rules(world: World) -> None:
    """Version 2: bids rise by 20.00."""
    world.rules_book.add(AUCTION, replace(RULES, version=2, bid_rules=(BidRule(0, 20_00),)))


def test_rules_changed_during_a_lot_do_not_apply_to_it() -> None:
    world = World.with_lot_up()
    with_new_rules(world)
    world.rules_book.forget()
    world.bid(CLEO, 1_00)
    assert world.lot.minimum_cents == 2_00


def test_rules_changed_during_a_lot_apply_from_the_next_one() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 1_00)
    with_new_rules(world)
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.run(next_lot("L2", request_id="n2"))
    assert world.lot.minimum_cents == 20_00
    world.bid(DAN, 20_00, lot_id="L2")
    assert world.lot.minimum_cents == 40_00


def test_a_container_with_older_rules_learns_the_lots_version_and_bids_again() -> None:
    world = World.with_lot_up()
    with_new_rules(world)
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    world.run(next_lot("L2", request_id="n2"))
    world.rules_book.forget()
    world.rules_book.version(AUCTION, 1)
    world.forget_calls()
    world.bid(CLEO, 20_00, lot_id="L2")
    assert world.auctions.calls == {"place_bid": 2}
    assert world.reads == 1


def test_a_container_with_older_rules_does_not_refuse_by_them() -> None:
    world = World.opened()
    world.rules_book.version(AUCTION, 1)
    world.rules_book.add(AUCTION, replace(RULES, version=2, budget_cents=5_000_00))
    world.run(next_lot())
    world.rules_book.version(AUCTION, 1)
    world.bid(CLEO, 2_000_00)
    assert world.lot.high == HighBid(CLEO.number, 2_000_00)


def test_a_bid_that_keeps_losing_to_changes_of_the_rules_is_answered_busy() -> None:
    world = World.with_lot_up()

    def rules_move_on() -> None:
        rules = replace(RULES, version=world.state.rules_version + 1)
        world.rules_book.add(AUCTION, rules)
        world.run(ResetLot(request_id=world.new_request(), lot_id="L1"))
        world.run(next_lot(request_id=world.new_request()))

    world.auctions.before_write(*[rules_move_on] * ATTEMPTS)
    with pytest.raises(Busy):
        world.bid(CLEO, 1_00)
