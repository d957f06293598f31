"""How long to wait before trying again."""

from __future__ import annotations

import random

import msgspec


class Backoff(msgspec.Struct, frozen=True):
    """Exponential backoff with full jitter, so that a crowd that was cut off at once does not
    come back at once ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015)."""

    first_s: float = 0.25
    longest_s: float = 20.0

    def delay_s(self, attempt: int, source: random.Random) -> float:
        """Seconds to wait after failed attempt number `attempt` (0, 1, …): evenly between 0 and
        `first_s` doubled that many times, at most `longest_s`."""
        # the exponent is capped because a float overflows after 1,024 attempts
        return source.uniform(0, min(self.longest_s, self.first_s * 2.0 ** min(attempt, 30)))
