import json
from typing import Any

import pytest

from shared.errors import Forbidden, Refused
from shared.logs import log_fields
from shared.synthetic import synthetic_id
from tests.fakes.builders import AUCTION
from tests.unit.websocket.test_publish import ENTRY
from websocket_service.logic.broadcast import Told
from websocket_service.logic.outcome import Outcome
from websocket_service.measures import count_hammer, count_told, measured_bid


def counted(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refuse() -> Outcome:
    raise Refused("bid_too_low", "too low")


def forbid() -> Outcome:
    raise Forbidden("a spectator")


def test_an_accepted_bid_is_counted_with_the_time_it_took(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with log_fields(request_id="r-1"):
        outcome = measured_bid(AUCTION, lambda: Outcome(7, ENTRY))
    assert outcome.seq == 7
    accepted, took = counted(capsys)
    assert (accepted["BidsAccepted"], accepted["request_id"]) == (1, "r-1")
    assert took["DecisionMs"] >= 0


@pytest.mark.parametrize(("decide", "code"), [(refuse, "bid_too_low"), (forbid, "forbidden")])
def test_a_refused_bid_is_counted_by_its_code_and_stays_refused(
    decide: Any, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises((Refused, Forbidden)):
        measured_bid(AUCTION, decide)
    refused, took = counted(capsys)
    assert (refused["BidsRefused"], refused["code"]) == (1, code)
    assert "DecisionMs" in took


def test_a_bid_that_was_sent_again_is_not_counted_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured_bid(AUCTION, lambda: Outcome(7))
    assert counted(capsys) == []


def test_posts_and_hammers_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    count_told(AUCTION, Told(posts=3, gone=1))
    count_hammer(AUCTION, -3)
    told, hammer = counted(capsys)
    assert (told["Posts"], told["ConnectionsGone"]) == (3, 1)
    assert hammer["HammerLateMs"] == 0


def test_a_canarys_auction_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    auction_id = synthetic_id("canary")
    measured_bid(auction_id, lambda: Outcome(7, ENTRY))
    count_told(auction_id, Told(posts=3, gone=1))
    count_hammer(auction_id, 5)
    assert counted(capsys) == []
