"""Attempts at the database, on a clock that only the waits move."""

import itertools
import logging
import time
from collections.abc import Callable
from typing import Any

import pytest

from rds_bridge_service.adapters.patience import (
    FIRST_WAIT_S,
    LAST_ATTEMPT_S,
    LONGEST_WAIT_S,
    RACES,
    WITHOUT_LAMBDA_S,
    patiently,
    waits,
    within_its_time,
)
from shared.logs import logger
from tests.unit.rds_bridge.driver_errors import of_sql_server, wrapped

DEADLOCK, LOST, DUPLICATE, REFUSED, UNKNOWN = (
    wrapped(of_sql_server(number)) for number in (1205, 20006, 2627, 547, 50_000)
)


class Failing:
    """Fails with these errors, one an attempt, and then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.now_s = 0.0
        self.attempts = 0
        self.let_go = 0

    def __call__(self) -> str:
        self.attempts += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"

    def attempted(self) -> str:
        return patiently(self, on_lost=self._lost, sleep=self._sleep, clock=lambda: self.now_s)

    def _lost(self) -> None:
        self.let_go += 1

    def _sleep(self, seconds: float) -> None:
        self.now_s += seconds


@pytest.mark.parametrize("error", [DEADLOCK, LOST, DUPLICATE])
def test_what_time_mends_is_tried_again(error: Exception) -> None:
    work = Failing(error, error)
    assert (work.attempted(), work.attempts) == ("done", 3)


@pytest.mark.parametrize("error", [REFUSED, UNKNOWN, ZeroDivisionError()])
def test_what_time_does_not_mend_is_raised_at_once(error: Exception) -> None:
    work = Failing(error)
    with pytest.raises(type(error)):
        work.attempted()
    assert work.attempts == 1


def test_after_a_loss_the_next_attempt_is_on_a_new_connection() -> None:
    work = Failing(DEADLOCK, LOST, DEADLOCK)
    work.attempted()
    assert work.let_go == 1


def test_who_loses_every_race_collides_with_himself() -> None:
    work = Failing(*itertools.repeat(DUPLICATE, 99))
    with pytest.raises(type(DUPLICATE)):
        work.attempted()
    assert work.attempts == RACES


def test_an_attempt_begins_only_if_it_can_end_in_time() -> None:
    work = Failing(*itertools.repeat(LOST, 999))
    with pytest.raises(type(LOST)):
        work.attempted()
    left = WITHOUT_LAMBDA_S - work.now_s
    assert LAST_ATTEMPT_S <= left <= LAST_ATTEMPT_S + LONGEST_WAIT_S


class Context:
    """Lambda's, with this much time left."""

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds

    def get_remaining_time_in_millis(self) -> int:
        return self._milliseconds


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> Callable[[Failing, object], Any]:
    """Attempts the work in an invocation that starts at zero seconds."""
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)

    def handle(work: Failing, context: object) -> Any:
        handler = within_its_time(lambda event, context: {"said": work.attempted()})
        return handler({}, context)

    return handle


def test_an_invocations_own_time_is_the_limit(handled: Callable[[Failing, object], Any]) -> None:
    work = Failing(*itertools.repeat(LOST, 999))
    with pytest.raises(type(LOST)):
        handled(work, Context(60_000))
    assert 60 - LAST_ATTEMPT_S - LONGEST_WAIT_S <= work.now_s <= 60 - LAST_ATTEMPT_S


def test_with_too_little_time_left_nothing_is_repeated(
    handled: Callable[[Failing, object], Any],
) -> None:
    work = Failing(LOST)
    with pytest.raises(type(LOST)):
        handled(work, Context(1_000))
    assert work.attempts == 1


def test_an_invocation_without_a_clock_is_limited_too(
    handled: Callable[[Failing, object], Any],
) -> None:
    assert handled(Failing(DEADLOCK), None) == {"said": "done"}


def test_waits_grow_and_are_never_the_same_for_all() -> None:
    first, *_, last = itertools.islice(waits(), 20)
    assert FIRST_WAIT_S / 2 <= first <= FIRST_WAIT_S
    assert LONGEST_WAIT_S / 2 <= last <= LONGEST_WAIT_S
    assert len({next(waits()) for _ in range(20)}) > 1


def test_what_is_logged_says_what_happened_and_nothing_of_the_statement(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logger(), "propagate", True)
    with caplog.at_level(logging.WARNING):
        Failing(DEADLOCK).attempted()
    said = {(vars(it).get("fault"), it.exc_info, it.getMessage()) for it in caplog.records}
    assert said == {("busy", None, "the database failed; again")}
