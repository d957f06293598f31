import pytest

from shared.commands import CloseAuction, ReopenAuction
from shared.events import AuctionClosed, AuctionReopened
from tests.fakes.builders import NOW_MS, bidding_state, facts, open_state
from tests.fakes.refusals import refused
from websocket_service.logic.decide import decide
from websocket_service.logic.state import AuctionState, HighBid

CLOSE, REOPEN = CloseAuction(request_id="c"), ReopenAuction(request_id="o")
PAUSED = open_state(status="paused", current=bidding_state(remaining_ms=5).current)


def test_an_auction_between_lots_can_be_closed() -> None:
    change = decide(open_state(), CLOSE, facts())
    assert change.after.status == "closed"
    assert change.event == AuctionClosed(at_ms=NOW_MS, actor=0, request_id="c")


@pytest.mark.parametrize("state", [bidding_state(HighBid(2, 5_00)), bidding_state(), PAUSED])
def test_an_auction_is_not_closed_while_a_lot_is_up(state: AuctionState) -> None:
    with refused("lot_is_up"):
        decide(state, CLOSE, facts())


def test_a_closed_auction_is_not_closed_again() -> None:
    with refused("auction_closed"):
        decide(open_state(status="closed"), CLOSE, facts())


def test_a_closed_auction_can_go_on() -> None:
    change = decide(open_state(status="closed"), REOPEN, facts())
    assert change.after.status == "open"
    assert change.event == AuctionReopened(at_ms=NOW_MS, actor=0, request_id="o")


@pytest.mark.parametrize("state", [open_state(), bidding_state(), PAUSED])
def test_an_auction_that_is_not_closed_is_not_reopened(state: AuctionState) -> None:
    with refused("auction_already_open"):
        decide(state, REOPEN, facts())
