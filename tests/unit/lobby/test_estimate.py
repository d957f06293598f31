from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lobby_service.logic.estimate import (
    LEAST_SHARE,
    MOST_SAMPLES,
    SAMPLE_MS,
    per_minute,
    sampled,
    wait_ms,
)
from shared.lobby import Range


def samples(*served: int) -> tuple[tuple[int, int], ...]:
    return tuple((n * SAMPLE_MS, it) for n, it in enumerate(served))


def test_nothing_is_known_until_the_line_has_moved_for_a_while() -> None:
    assert per_minute((), 0, 0) is None
    assert per_minute(samples(0, 10), SAMPLE_MS, 10) is None


def test_a_line_that_moves_evenly_is_known_exactly() -> None:
    assert per_minute(samples(0, 10, 20, 30), 3 * SAMPLE_MS, 30) == Range(40, 40)


def test_the_more_it_varies_the_wider_is_the_range() -> None:
    even = per_minute(samples(0, 10, 20, 30, 40), 4 * SAMPLE_MS, 40)
    uneven = per_minute(samples(0, 5, 20, 25, 40), 4 * SAMPLE_MS, 40)
    assert even is not None
    assert uneven is not None
    assert uneven.low < even.low <= even.high < uneven.high


def test_a_line_that_has_stopped_slows_down() -> None:
    moving = samples(0, 10, 20, 30)
    then, later = (per_minute(moving, it * SAMPLE_MS, 30) for it in (3, 40))
    assert then is not None
    assert later is not None
    assert later.low < then.low


def test_a_line_that_never_moved_says_nothing() -> None:
    assert per_minute(samples(0, 0, 0), 3 * SAMPLE_MS, 0) is None


def test_a_wait_is_as_uncertain_as_the_rate() -> None:
    assert wait_ms(100, Range(50, 200)) == Range(30_000, 120_000)
    assert wait_ms(0, Range(50, 200)) == Range(0, 0)
    assert wait_ms(100, None) is None


def test_a_moment_that_is_too_near_is_no_sample() -> None:
    assert sampled(samples(0), SAMPLE_MS - 1, 5) == samples(0)
    assert sampled(samples(0), SAMPLE_MS, 5) == samples(0, 5)


def test_of_many_samples_the_oldest_goes() -> None:
    kept = sampled(samples(*range(MOST_SAMPLES)), MOST_SAMPLES * SAMPLE_MS, MOST_SAMPLES)
    assert kept == samples(*range(MOST_SAMPLES + 1))[1:]


def test_a_line_that_moves_by_fits_and_starts_is_not_said_to_stand_still() -> None:
    rate = per_minute(samples(0, 0, 0, 40), 3 * SAMPLE_MS, 40)
    mean = 40 * 60_000 / (3 * SAMPLE_MS)
    assert rate is not None
    assert rate.low == int(mean / LEAST_SHARE)


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 100)), max_size=60))
def test_samples_are_few_and_apart_and_a_rate_is_a_range(steps: list[tuple[int, int]]) -> None:
    kept: tuple[tuple[int, int], ...] = ()
    now_ms = served = 0
    for ms, people in steps:
        now_ms, served = now_ms + ms, served + people
        kept = sampled(kept, now_ms, served)
    assert len(kept) <= MOST_SAMPLES
    assert all(b - a >= SAMPLE_MS for (a, _), (b, _) in pairwise(kept))
    rate = per_minute(kept, now_ms, served)
    assert rate is None or 0 < rate.low <= rate.high
