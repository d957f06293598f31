"""How fast the line moves, and how long that makes a wait: a range, or nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, pstdev

from shared.lobby import Range

SAMPLE_MS = 15_000
"""How far apart samples are, at least."""

MOST_SAMPLES = 13
FEWEST_RATES = 2
MINUTE_MS = 60_000
LEAST_SHARE = 4
"""The low end is never below this part of the mean: nobody knows that a line stands still."""

Samples = tuple[tuple[int, int], ...]


def sampled(samples: Samples, now_ms: int, served: int) -> Samples:
    """The samples with this moment, if the latest is long enough ago; the oldest goes."""
    if samples and now_ms - samples[-1][0] < SAMPLE_MS:
        return samples
    return (*samples, (now_ms, served))[-MOST_SAMPLES:]


def per_minute(samples: Samples, now_ms: int, served: int) -> Range | None:
    """Places that had their turn a minute, two standard deviations around the recent mean; None if
    too little is known, or nothing moved.

    The time since the latest sample counts as well: a line that has come to a halt slows down.
    """
    rates = _rates(sampled(samples, now_ms, served))
    if len(rates) < FEWEST_RATES:
        return None
    mean, spread = fmean(rates), pstdev(rates)
    low = math.floor(max(mean - 2 * spread, mean / LEAST_SHARE))
    return Range(low, math.ceil(mean + 2 * spread)) if low > 0 else None


def _rates(samples: Sequence[tuple[int, int]]) -> list[float]:
    return [
        (served - before) * MINUTE_MS / (at_ms - earlier_ms)
        for (earlier_ms, before), (at_ms, served) in pairwise(samples)
    ]


def wait_ms(ahead: int, rate: Range | None) -> Range | None:
    """How long it takes until as many have had their turn."""
    if rate is None:
        return None
    return Range(ahead * MINUTE_MS // rate.high, math.ceil(ahead * MINUTE_MS / rate.low))
