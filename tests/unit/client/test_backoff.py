from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from shared.client import Backoff


@given(st.integers(0, 5_000), st.integers())
def test_a_delay_is_never_longer_than_the_longest(attempt: int, seed: int) -> None:
    assert 0 <= Backoff(0.25, 20).delay_s(attempt, random.Random(seed)) <= 20


@given(st.integers(0, 6), st.integers())
def test_early_delays_grow_by_doubling(attempt: int, seed: int) -> None:
    assert Backoff(0.25, 20).delay_s(attempt, random.Random(seed)) <= 0.25 * 2**attempt


def test_a_crowd_is_spread_over_the_whole_delay() -> None:
    source = random.Random(1)
    delays = [Backoff(1, 20).delay_s(0, source) for _ in range(1_000)]
    quarters = [sum(quarter / 4 <= d < (quarter + 1) / 4 for d in delays) for quarter in range(4)]
    assert all(200 < members < 300 for members in quarters)
