import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lobby_service.logic.line import Line
from lobby_service.logic.pace import BURST_MS, UNITS, allowance, spend

LINE = Line(auction_id="a-1", gather_at_ms=0, doors_at_ms=0, pace_per_minute=60)


def after(line: Line, people: int, now_ms: int) -> Line:
    credit, extra_used = spend(line, people, now_ms)
    return replace(line, credit=credit, credited_at_ms=now_ms, extra=line.extra - extra_used)


@pytest.mark.parametrize(("ms", "people"), [(0, 0), (999, 0), (1_000, 1), (5_500, 5)])
def test_sixty_a_minute_are_one_a_second(ms: int, people: int) -> None:
    assert allowance(LINE, ms) == people


def test_what_was_not_used_for_long_does_not_come_in_at_once() -> None:
    assert allowance(LINE, 3_600_000) == BURST_MS // 1_000


def test_the_slowest_pace_lets_somebody_in() -> None:
    slow = replace(LINE, pace_per_minute=1)
    assert allowance(slow, 59_999) == 0
    assert allowance(slow, 60_000) == 1


@given(
    pace=st.integers(1, 60_000),
    steps=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 50)), max_size=30),
)
def test_never_more_come_in_than_the_pace_allows(pace: int, steps: list[tuple[int, int]]) -> None:
    line, now_ms, came = replace(LINE, pace_per_minute=pace), 0, 0
    for ms, wanted in steps:
        now_ms += ms
        people = min(wanted, allowance(line, now_ms))
        line, came = after(line, people, now_ms), came + people
        assert came * UNITS <= now_ms * pace
        assert line.credit >= 0


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    line = replace(LINE, credit=3 * UNITS, credited_at_ms=10_000)
    assert allowance(line, 9_000) == 3


def test_who_comes_in_beyond_the_pace_costs_what_the_operator_gave() -> None:
    line = after(replace(LINE, extra=5), 3, now_ms=1_000)
    assert (line.extra, line.credit) == (3, 0)


def test_a_paused_line_saves_its_pace_and_lets_in_whom_the_operator_wants() -> None:
    paused = replace(LINE, paused=True, extra=2)
    assert allowance(paused, 5_000) == 2
    line = after(paused, 2, now_ms=5_000)
    assert (line.extra, line.credit) == (0, 5 * UNITS)
