"""The checker must say no where no order explains the answers."""

from __future__ import annotations

import pytest

from chaos.histories.checking import linearization
from chaos.histories.judging import judge
from chaos.histories.recording import Answer, Call
from chaos.histories.sheet import Sheet
from shared.commands import Command, Hammer, NextLot, PlaceBid
from tests.integration.websocket.model import Paper

NOW_MS = 1_000_000


def call(
    interval: tuple[int, int],
    command: Command,
    answer: Answer,
    member: int = 0,
    at_ms: int = NOW_MS,
) -> Call:
    return Call(*interval, member, command, at_ms, answer)


def accepted(seq: int) -> Answer:
    return Answer(None, seq, new=True, lot_id="L01")


def bid(cents: int, request_id: str = "bid") -> PlaceBid:
    return PlaceBid(request_id=request_id, lot_id="L01", amount_cents=cents)


LOT_UP = call((0, 1), NextLot(request_id="next", lot_id="L01"), accepted(2))


def explained(*calls: Call) -> bool:
    return linearization([LOT_UP, *calls], Sheet(Paper())) is not None


def test_calls_one_after_the_other() -> None:
    assert explained(
        call((2, 3), bid(5_00, "a"), accepted(3)),
        call((4, 5), bid(5_50, "b"), Answer("bid_too_low", 3, 6_00)),
        call((6, 7), Hammer(request_id="h", lot_id="L01", forced=True), accepted(4)),
    )


def test_overlapping_calls_may_take_effect_in_either_order() -> None:
    assert explained(
        call((2, 9), bid(9_00, "late"), accepted(4), member=1),
        call((3, 8), bid(5_00, "early"), accepted(3), member=2),
    )


def test_a_call_does_not_take_effect_before_it_is_sent() -> None:
    assert not explained(
        call((2, 3), bid(5_50, "b"), Answer("bid_too_low", 3, 6_00)),
        call((4, 5), bid(5_00, "a"), accepted(3)),
    )


def test_nor_after_it_is_answered() -> None:
    assert not explained(
        call((2, 3), bid(9_00, "a"), accepted(4)),
        call((4, 5), bid(5_00, "b"), accepted(3)),
    )


def test_a_lower_bid_never_stands() -> None:
    lower = [call((2, 3), bid(9_00, "a"), accepted(3)), call((4, 5), bid(5_00, "b"), accepted(4))]
    assert judge([LOT_UP, *lower]) == [
        "lot L01 is not linearizable",
        "the auction as a whole is not linearizable",
    ]


def test_two_callers_are_never_told_the_same_event() -> None:
    assert not explained(
        call((2, 9), bid(5_00, "a"), accepted(3)),
        call((3, 8), bid(9_00, "b"), accepted(3)),
    )


def test_no_bid_stands_at_the_deadline() -> None:
    assert explained(call((2, 3), bid(5_00), accepted(3), at_ms=NOW_MS + 14_999))
    assert not explained(call((2, 3), bid(5_00), accepted(3), at_ms=NOW_MS + 15_000))


@pytest.mark.parametrize(("minimum", "fits"), [(6_00, True), (7_00, False)])
def test_a_refusal_says_the_minimum_that_would_stand(minimum: int, *, fits: bool) -> None:
    assert fits == explained(
        call((2, 3), bid(5_00, "a"), accepted(3)),
        call((4, 5), bid(5_50, "b"), Answer("bid_too_low", 3, minimum)),
    )


def test_a_request_sent_again_is_answered_as_the_first_time() -> None:
    once = call((2, 3), bid(5_00), accepted(3))
    assert explained(once, call((4, 5), bid(5_00), Answer(None, 3)))
    assert not explained(once, call((4, 5), bid(5_00), Answer("bid_too_low", 3, 6_00)))
    assert not explained(once, call((4, 5), bid(9_00), accepted(4)))
