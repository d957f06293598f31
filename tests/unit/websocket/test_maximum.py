"""The server bids for a member, up to a limit that nobody else sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.codec import encode
from shared.commands import GetState, Hammer, ResetLot, SetMaximum, UndoBid
from shared.errors import Forbidden, Refused
from shared.events import BeatenBid, BidPlaced, LotSold, MaximumSet
from tests.fakes.builders import ADA, BEN, CLEO, DAN, EVE, RULES, next_lot
from tests.fakes.refusals import refused
from tests.fakes.world import World
from websocket_service.logic.authority import Caller
from websocket_service.logic.read_state import get_state
from websocket_service.logic.rules import minimum_after
from websocket_service.logic.state import HighBid


def placed(world: World) -> BidPlaced:
    """What happened last, which is a bid."""
    assert isinstance(world.event, BidPlaced)
    return world.event


def test_the_first_maximum_bids_the_least_that_stands() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    assert world.lot.high == HighBid(CLEO.number, 1_00)


def test_a_maximum_over_a_plain_bid_takes_the_lead_at_the_minimum() -> None:
    world = World.with_lot_up()
    world.bid(CLEO, 20_00)
    world.maximum(BEN, 40_00)
    assert world.lot.high == HighBid(BEN.number, 21_00)
    assert placed(world).beaten is None


def test_a_bid_under_the_maximum_is_answered_with_it_plus_an_increment() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    outcome = world.bid(BEN, 20_00)
    assert world.lot.high == HighBid(CLEO.number, 21_00)
    assert world.lot.minimum_cents == 22_00
    assert placed(world).beaten == BeatenBid(BEN.number, 20_00)
    assert placed(world).actor == BEN.number
    assert outcome.seq == world.state.seq


def test_a_bid_of_the_maximum_itself_comes_second() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(BEN, 40_00)
    assert world.lot.high == HighBid(CLEO.number, 40_00)
    assert world.lot.maximum_cents is None


def test_the_answer_goes_no_further_than_the_maximum() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_50)
    world.bid(BEN, 40_00)
    assert world.lot.high == HighBid(CLEO.number, 40_50)


def test_a_bid_over_the_maximum_stands_as_it_is_and_ends_it() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(BEN, 60_00)
    assert world.lot.high == HighBid(BEN.number, 60_00)
    assert world.lot.maximum_cents is None


def test_of_two_maxima_the_higher_wins_at_the_other_plus_an_increment() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.maximum(BEN, 90_00)
    assert world.lot.high == HighBid(BEN.number, 41_00)
    assert world.lot.maximum_cents == 90_00
    assert placed(world).beaten == BeatenBid(CLEO.number, 40_00)


def test_of_two_maxima_the_higher_wins_though_it_was_first() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 90_00)
    world.maximum(BEN, 40_00)
    assert world.lot.high == HighBid(CLEO.number, 41_00)


def test_of_equal_maxima_the_earlier_wins_at_its_limit() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.maximum(BEN, 40_00)
    assert world.lot.high == HighBid(CLEO.number, 40_00)


def test_a_maximum_less_than_an_increment_above_another_wins_at_itself() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.maximum(BEN, 40_01)
    assert world.lot.high == HighBid(BEN.number, 40_01)


def test_the_high_bidder_raises_their_maximum_without_raising_the_price() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.maximum(CLEO, 90_00)
    assert world.lot.high == HighBid(CLEO.number, 1_00)
    assert isinstance(world.event, MaximumSet)
    world.bid(BEN, 60_00)
    assert world.lot.high == HighBid(CLEO.number, 65_00)


def test_the_high_bidder_takes_their_maximum_back_down_to_the_bid_that_stands() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(BEN, 20_00)
    with refused("bid_too_low"):
        world.maximum(CLEO, 20_99)
    world.maximum(CLEO, 21_00)
    world.bid(BEN, 22_00)
    assert world.lot.high == HighBid(BEN.number, 22_00)


def test_the_high_bidders_own_bid_raises_the_price_and_keeps_the_maximum() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(CLEO, 30_00)
    assert world.lot.high == HighBid(CLEO.number, 30_00)
    assert world.lot.maximum_cents == 40_00
    assert placed(world).beaten is None


def test_a_maximum_over_the_budget_is_refused_and_tells_nobody() -> None:
    world = World.with_lot_up()
    before = world.state
    with refused("over_budget"):
        world.maximum(DAN, RULES.budgets[DAN.number] + 1)
    assert world.state == before


def test_a_maximum_for_a_lot_that_is_not_up_is_refused() -> None:
    world = World.with_lot_up()
    with refused("lot_not_up"):
        world.maximum(CLEO, 40_00, lot_id="L2")


def test_a_maximum_at_the_deadline_is_refused() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms)
    with refused("deadline_passed"):
        world.maximum(CLEO, 40_00)


def test_a_spectator_sets_no_maximum() -> None:
    with pytest.raises(Forbidden):
        World.with_lot_up().maximum(EVE, 40_00)


def test_a_maximum_inside_the_extension_window_moves_the_deadline() -> None:
    world = World.with_lot_up()
    world.clock.advance(RULES.clock_ms - 1)
    world.maximum(CLEO, 40_00)
    assert world.lot.deadline_ms == world.clock() + RULES.extension_ms


def test_an_undo_takes_the_maximum_with_the_bid() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(BEN, 20_00)
    world.run(UndoBid(request_id="u", lot_id="L1"))
    assert world.lot.high == HighBid(CLEO.number, 1_00)
    assert world.lot.maximum_cents is None


def test_the_lot_is_sold_at_the_price_that_stands_not_at_the_maximum() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.run(Hammer(request_id="h", lot_id="L1", forced=True))
    assert isinstance(world.event, LotSold)
    assert world.event.price_cents == 1_00


def test_the_next_time_the_lot_is_up_the_maximum_is_gone() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.run(ResetLot(request_id="reset", lot_id="L1"))
    world.run(next_lot("L1", request_id="again"))
    assert world.lot.maximum_cents is None


def test_only_the_high_bidder_is_told_their_maximum() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    command = GetState(request_id="s")
    told = get_state(command, CLEO, world.reader).current
    others = get_state(command, ADA, world.reader)
    assert told is not None
    assert told.your_maximum_cents == 40_00
    assert others.current is not None
    assert others.current.your_maximum_cents is None
    assert b"4000" not in encode(others)


def test_a_maximum_sent_again_changes_nothing() -> None:
    world = World.with_lot_up()
    command = SetMaximum(request_id="m", lot_id="L1", maximum_cents=40_00)
    first = world.run(command, CLEO)
    world.bid(BEN, 20_00)
    before = world.state
    assert world.run(command, CLEO).seq == first.seq
    assert world.state == before


def test_an_answered_bid_sent_again_is_answered_as_the_first_time() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    first = world.bid(BEN, 20_00, request_id="mine")
    again = world.bid(BEN, 20_00, request_id="mine")
    assert again.seq == first.seq
    assert again.entry is None


def test_an_answered_bid_is_two_writes_and_no_read() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.bid(BEN, 10_00)
    world.forget_calls()
    world.bid(BEN, 20_00)
    assert (world.auctions.calls["place_bid"], world.auctions.calls["commit"]) == (1, 1)
    assert world.reads == 0


def test_a_bid_that_meets_another_while_it_is_answered_is_decided_anew() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 40_00)
    world.auctions.before_write(lambda: None, lambda: world.bid(ADA, 60_00))
    with refused("bid_too_low"):
        world.bid(BEN, 20_00)
    assert world.lot.high == HighBid(ADA.number, 60_00)


amounts = st.integers(1, 120_00)
plays = st.tuples(st.sampled_from([ADA, BEN, CLEO]), amounts, st.booleans())


@given(st.lists(plays, min_size=1, max_size=12))
def test_whoever_goes_highest_leads_and_pays_no_more_than_they_allowed(
    said: list[tuple[Caller, int, bool]],
) -> None:
    world = World.with_lot_up()
    limits: dict[int, int] = {}
    for caller, amount, is_maximum in said:
        try:
            if is_maximum:
                world.maximum(caller, amount)
            else:
                world.bid(caller, amount)
        except Refused:
            continue
        number = caller.number
        lowered = isinstance(world.event, MaximumSet)
        limits[number] = amount if lowered else max(limits.get(number, 0), amount)
        high = world.lot.high
        assert high is not None
        assert limits[high.bidder] == max(limits.values())
        assert high.amount_cents <= limits[high.bidder]
        assert (world.lot.maximum_cents or high.amount_cents) == limits[high.bidder]
        assert world.lot.minimum_cents == minimum_after(RULES, high.amount_cents)


def test_the_maximum_is_in_no_event() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 47_11)
    world.maximum(CLEO, 48_11)
    world.bid(BEN, 20_00)
    events = [encode(entry) for entry in world.ledger.events(world.state.auction_id, 0, 100)]
    assert not any(b"4711" in event or b"4811" in event for event in events)


def test_a_lower_maximum_of_who_was_outbid_says_nothing_of_the_leaders() -> None:
    world = World.with_lot_up()
    world.maximum(CLEO, 90_00)
    world.maximum(BEN, 40_00)
    assert replace(placed(world), at_ms=0) == BidPlaced(
        at_ms=0,
        actor=BEN.number,
        request_id=placed(world).request_id,
        lot_id="L1",
        bidder=CLEO.number,
        amount_cents=41_00,
        minimum_cents=42_00,
        extended_to_ms=world.clock() + RULES.extension_ms,
        beaten=BeatenBid(BEN.number, 40_00),
    )
