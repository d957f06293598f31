from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.client.clock import SAMPLES, ServerClock


def pinged(clock: ServerClock, sent_ms: int, round_trip_ms: int, offset_ms: int) -> ServerClock:
    """A ping that is answered in the middle of its way."""
    middle_ms = sent_ms + round_trip_ms // 2
    return clock.with_ping(sent_ms, sent_ms + round_trip_ms, middle_ms + offset_ms)


def test_before_anything_is_known_the_local_time_is_as_good_as_any() -> None:
    assert ServerClock().server_now(5_000) == 5_000


def test_the_quickest_ping_tells_the_offset() -> None:
    clock = pinged(ServerClock(), 0, 400, 1_200)
    clock = pinged(clock, 1_000, 20, 1_000)
    clock = pinged(clock, 2_000, 900, 650)
    assert clock.offset_ms == 1_000


def test_an_old_ping_is_forgotten() -> None:
    clock = pinged(ServerClock(), 0, 0, 2_000)
    for _ in range(SAMPLES):
        clock = pinged(clock, 0, 10, 2_010)
    assert clock.offset_ms == 2_010


def test_a_ping_across_a_clock_that_was_set_back_is_left_out() -> None:
    assert ServerClock().with_ping(1_000, 500, 0) == ServerClock()


def test_what_the_server_told_counts_until_a_ping_knows_better() -> None:
    told = ServerClock().with_told(5_000, 1_000)
    assert told.offset_ms == 4_000
    known = pinged(told, 1_000, 900, 4_300)
    assert known.offset_ms == 4_300
    assert known.with_told(6_000, 2_100) == known


def test_pings_of_before_a_sleep_in_which_the_local_clock_stood_still_are_forgotten() -> None:
    assert pinged(pinged(ServerClock(), 0, 10, 0), 1_000, 300, 600_000).offset_ms == 600_000


def test_on_a_new_connection_what_is_known_counts_until_anything_else_is() -> None:
    doubted = pinged(ServerClock(), 0, 10, 3_000).doubted()
    assert doubted.offset_ms == 3_000
    assert doubted.with_told(600_000, 1_000).offset_ms == 599_000
    assert pinged(doubted, 1_000, 800, 3_100).offset_ms == 3_100
    assert ServerClock().doubted() == ServerClock()


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
        clock = clock.with_ping(sent, sent + there + back, sent + there + offset)
    quickest = min(there + back for there, back in trips[-SAMPLES:])
    assert abs(clock.offset_ms - offset) <= quickest / 2
