from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.client.clock import SAMPLES, ClockSample, ServerClock


def test_before_the_first_ping_the_local_time_is_as_good_as_any() -> None:
    assert ServerClock().server_now(5_000) == 5_000


def test_the_quickest_ping_tells_the_offset() -> None:
    clock = ServerClock().with_sample(ClockSample(0, 400, 1_400))
    clock = clock.with_sample(ClockSample(1_000, 1_020, 2_010))
    clock = clock.with_sample(ClockSample(2_000, 2_900, 3_100))
    assert clock.offset_ms == 1_000


def test_an_old_ping_is_forgotten() -> None:
    clock = ServerClock().with_sample(ClockSample(0, 0, 1_000))
    for _ in range(SAMPLES):
        clock = clock.with_sample(ClockSample(0, 10, 2_005))
    assert clock.offset_ms == 2_000


def test_a_ping_across_a_clock_that_was_set_back_is_left_out() -> None:
    assert ServerClock().with_sample(ClockSample(1_000, 500, 0)) == ServerClock()


@given(
    offset=st.integers(-(10**9), 10**9),
    trips=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1),
)
def test_the_error_is_at_most_half_the_quickest_round_trip(
    offset: int, trips: list[tuple[int, int]]
) -> None:
    clock = ServerClock()
    for number, (there, back) in enumerate(trips):
        sent = 1_000 * number
        clock = clock.with_sample(ClockSample(sent, sent + there + back, sent + there + offset))
    quickest = min(there + back for there, back in trips[-SAMPLES:])
    assert abs(clock.offset_ms - offset) <= quickest / 2
