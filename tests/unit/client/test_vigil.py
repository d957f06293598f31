"""Times are seconds since the connection began."""

import pytest

from shared.client.vigil import BETWEEN_FIRST_S, FIRST_PINGS, UNANSWERED, Patience, Vigil

PATIENCE = Patience(quiet_s=30, quiet_while_clock_runs_s=10, longest_unasked_s=300, answer_s=5)


def begun(*, share: float = 0.0) -> Vigil:
    """A connection whose first pings were answered at once, the last one at 0."""
    vigil = Vigil(PATIENCE, -FIRST_PINGS * BETWEEN_FIRST_S, share)
    for n in reversed(range(FIRST_PINGS)):
        vigil.asked(-n * BETWEEN_FIRST_S)
        vigil.heard(-n * BETWEEN_FIRST_S)
    return vigil


def test_a_connection_begins_with_a_few_pings_for_the_clock() -> None:
    vigil = Vigil(PATIENCE, 0, 0.0)
    asked_at, now_s = [], 0.0
    while now_s < 10:
        now_s += vigil.due_in_s(now_s, clock_runs=False)
        asked_at.append(now_s)
        vigil.asked(now_s)
        vigil.heard(now_s)
    assert asked_at == [0, 1, 2, 32]


def test_a_client_that_hears_something_does_not_ask() -> None:
    vigil = begun()
    for now_s in range(0, 280, 25):
        vigil.heard(now_s)
        assert vigil.due_in_s(now_s, clock_runs=False) > 0


def test_a_client_asks_when_it_was_quiet() -> None:
    vigil = begun()
    vigil.heard(100)
    assert vigil.due_in_s(101, clock_runs=False) == 29
    assert vigil.due_in_s(130, clock_runs=False) == 0


def test_a_client_asks_sooner_while_a_clock_runs() -> None:
    vigil = begun()
    vigil.heard(100)
    assert vigil.due_in_s(101, clock_runs=True) == 9


def test_clients_that_heard_the_same_ask_at_different_times() -> None:
    at = [begun(share=share).due_in_s(0, clock_runs=False) for share in (0.0, 0.5, 1.0)]
    assert at == [30, 37.5, 45]


def test_a_client_asks_now_and_then_whatever_it_hears() -> None:
    vigil = begun()
    vigil.heard(299)
    assert vigil.due_in_s(299, clock_runs=False) == 1


def test_a_ping_without_an_answer_is_repeated_and_then_hopeless() -> None:
    vigil = begun()
    for n in range(UNANSWERED):
        assert not vigil.is_hopeless
        vigil.asked(30 + 5 * n)
        assert vigil.due_in_s(30 + 5 * n, clock_runs=False) == PATIENCE.answer_s
    assert vigil.is_hopeless


@pytest.mark.parametrize("unanswered", range(1, UNANSWERED + 1))
def test_whatever_is_heard_is_an_answer(unanswered: int) -> None:
    vigil = begun()
    for n in range(unanswered):
        vigil.asked(30 + 5 * n)
    vigil.heard(50)
    assert not vigil.is_hopeless
    assert vigil.due_in_s(50, clock_runs=False) == PATIENCE.quiet_s


@pytest.mark.parametrize(("clock_runs", "at_most_s"), [(True, 15), (False, 45)])
def test_silence_lasts_no_longer_than_the_protocol_says(clock_runs: bool, at_most_s: float) -> None:
    vigil = Vigil(Patience(), 0, 1.0)
    for now_s in (0, 1, 2):
        vigil.asked(now_s)
        vigil.heard(now_s)
    assert vigil.due_in_s(2, clock_runs=clock_runs) == at_most_s
