from __future__ import annotations

import pytest

from canary_service.logic.schedule import PERIOD_MS, THROUGH_LOBBY_EVERY_MS, goes_through_lobby

THEY_BEGIN_MS = 1_795_248_000_000
"""2026-11-21, 8:00 UTC."""


@pytest.mark.parametrize("minute", [0, 1, 2.5, 4.999])
def test_the_first_check_of_two_hours_goes_through_the_line(minute: float) -> None:
    assert goes_through_lobby(THEY_BEGIN_MS + int(minute * 60_000))


@pytest.mark.parametrize("minute", [5, 10, 30, 60, 119.999])
def test_no_other_check_of_the_two_hours_does(minute: float) -> None:
    assert not goes_through_lobby(THEY_BEGIN_MS + int(minute * 60_000))


@pytest.mark.parametrize("minute", range(5))
def test_it_is_one_of_each_two_hours_whatever_minute_the_schedule_began_at(minute: int) -> None:
    began_ms = THEY_BEGIN_MS + minute * 60_000
    times = 12
    a_day = range(began_ms, began_ms + times * THROUGH_LOBBY_EVERY_MS, PERIOD_MS)
    through = [at_ms for at_ms in a_day if goes_through_lobby(at_ms)]
    assert [(it - began_ms) / THROUGH_LOBBY_EVERY_MS for it in through] == list(range(times))
