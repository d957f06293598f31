"""Which bids were refused that had to stand."""

from bench.bid import wronged
from bench.scene.bidder import Decision
from bench.scene.emulated import INCREMENT_CENTS as STEP


def test_a_bid_over_all_that_can_have_stood_was_wronged() -> None:
    stood = Decision(1 * STEP, True, 0, 1)
    assert wronged([stood, Decision(2 * STEP, False, 0, 1)]) == 1


def test_a_bid_below_the_increment_was_not() -> None:
    stood = Decision(2 * STEP, True, 0, 1)
    assert wronged([stood, Decision(2 * STEP, False, 0, 1)]) == 0


def test_a_higher_bid_that_was_sent_before_the_answer_may_have_been_in_the_way() -> None:
    higher = Decision(9 * STEP, True, 0.5, 2)
    assert wronged([higher, Decision(2 * STEP, False, 0, 1)]) == 0


def test_a_higher_bid_that_was_sent_after_the_answer_was_not_in_the_way() -> None:
    higher = Decision(9 * STEP, True, 1.5, 2)
    assert wronged([higher, Decision(2 * STEP, False, 0, 1)]) == 1
