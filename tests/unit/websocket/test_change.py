import pytest

from shared.auction import LotState
from shared.commands import Pause, SeenBid
from shared.events import AuctionClosed
from shared.limits import REPLAY_WINDOW
from tests.fakes.builders import NOW_MS, bidding_state, facts, open_state
from tests.fakes.refusals import refused
from websocket_service.logic.change import change, lot_up, origin, require_bid, require_no_lot_up
from websocket_service.logic.state import NO_REQUEST, HighBid, request_digest


def test_a_change_adds_one_to_seq_and_holds_its_event() -> None:
    before, event = open_state(seq=7), AuctionClosed(at_ms=NOW_MS)
    after = change(before, event, status="closed").after
    assert (after.seq, after.last_event, after.status) == (8, event, "closed")


def test_a_change_keeps_where_it_came_from_and_the_lots_new_row() -> None:
    before, row = open_state(), LotState("L1", "up", 2)
    it = change(before, AuctionClosed(at_ms=NOW_MS), lot=row)
    assert (it.before, it.lot) == (before, row)


def test_a_change_remembers_its_request_and_forgets_the_oldest() -> None:
    known = tuple(f"digest-{n}" for n in range(REPLAY_WINDOW))
    event = AuctionClosed(at_ms=NOW_MS, actor=2, request_id="r")
    after = change(open_state(recent=known), event).after
    assert after.recent == (request_digest(2, "r"), *known[:-1])


def test_a_members_event_names_the_member_and_the_request() -> None:
    assert origin(Pause(request_id="r"), facts(actor=3)) == {
        "at_ms": NOW_MS,
        "actor": 3,
        "request_id": "r",
    }


def test_an_event_of_the_servers_own_clock_names_neither_member_nor_request() -> None:
    fields = origin(Pause(request_id="-"), facts(actor=None))
    assert fields == {"at_ms": NOW_MS, "actor": None, "request_id": None}
    assert change(open_state(), AuctionClosed(**fields)).after.recent[0] == NO_REQUEST


def test_the_lot_that_is_up_is_found_by_its_name() -> None:
    assert lot_up(bidding_state(), "L1").lot_id == "L1"


def test_another_lot_is_not_up() -> None:
    with refused("lot_not_up"):
        lot_up(bidding_state(), "L2")


def test_in_a_closed_auction_the_refusal_is_that_it_is_closed() -> None:
    with refused("auction_closed"):
        lot_up(open_state(status="closed"), "L1")


def test_what_needs_an_empty_block_is_refused_while_a_lot_is_up() -> None:
    require_no_lot_up(open_state())
    with refused("lot_is_up"):
        require_no_lot_up(bidding_state())


@pytest.mark.parametrize(
    ("high", "seen"),
    [
        (HighBid(2, 5_00), SeenBid(2, 5_00)),
        (None, SeenBid()),
        (HighBid(2, 5_00), None),
        (None, None),
    ],
)
def test_the_bid_that_was_seen_is_the_one_that_stands(
    high: HighBid | None, seen: SeenBid | None
) -> None:
    state = bidding_state(high)
    assert state.current is not None
    require_bid(state, state.current, seen)


@pytest.mark.parametrize(
    ("high", "seen"),
    [
        (HighBid(2, 6_00), SeenBid(2, 5_00)),
        (HighBid(3, 5_00), SeenBid(2, 5_00)),
        (HighBid(2, 5_00), SeenBid()),
        (None, SeenBid(2, 5_00)),
    ],
)
def test_another_bid_than_the_one_that_was_seen_is_refused(
    high: HighBid | None, seen: SeenBid
) -> None:
    state = bidding_state(high)
    assert state.current is not None
    with refused("bid_changed"):
        require_bid(state, state.current, seen)
