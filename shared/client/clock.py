"""The server's time, guessed from here; the mirror of services/web/src/auction/clock.ts."""

from __future__ import annotations

import math

import msgspec

SAMPLES = 8
"""Round trips that are remembered: enough to meet a quick one, few enough to follow a drift."""

SKEW_MS = 50
"""Machines of one server, and two roundings, differ by no more; more is another local clock."""


class ClockSample(msgspec.Struct, frozen=True):
    """One look at the server's clock.

    Attributes:
        offset_ms: server minus local time; wrong by at most half the round trip (NTP, RFC 5905 §8).
        round_trip_ms: infinite where nobody knows.
    """

    offset_ms: float
    round_trip_ms: float

    def is_like(self, other: ClockSample) -> bool:
        """Both can be right."""
        within_ms = (self.round_trip_ms + other.round_trip_ms) / 2 + SKEW_MS
        return abs(self.offset_ms - other.offset_ms) <= within_ms


class ServerClock(msgspec.Struct, frozen=True):
    """The offset of the server's clock, from the quickest of the latest pings."""

    samples: tuple[ClockSample, ...] = ()

    def with_ping(self, sent_ms: int, received_ms: int, server_time_ms: int) -> ServerClock:
        """The clock after one more ping, sent and received by the local clock, and answered at
        `server_time_ms` in between.

        Samples that cannot be right if this one is are forgotten: the local clock was set, or stood
        still while the computer slept. A ping that took less than no time is left out.
        """
        round_trip_ms = received_ms - sent_ms
        if round_trip_ms < 0:
            return self
        sample = ClockSample(server_time_ms - (sent_ms + received_ms) / 2, round_trip_ms)
        like = (it for it in self.samples if it.is_like(sample))
        return ServerClock((*like, sample)[-SAMPLES:])

    def with_told(self, server_time_ms: int, now_ms: int) -> ServerClock:
        """The clock after the server told its time, somewhat before `now_ms`; any ping knows
        better."""
        if any(it.round_trip_ms < math.inf for it in self.samples):
            return self
        return ServerClock((ClockSample(server_time_ms - now_ms, math.inf),))

    def doubted(self) -> ServerClock:
        """The clock for a new connection: it may have been long until there was one, so that what
        is known counts until anything else is."""
        return ServerClock((ClockSample(self.offset_ms, math.inf),)) if self.samples else self

    @property
    def offset_ms(self) -> float:
        """Server minus local time; 0 before anything is known."""
        if not self.samples:
            return 0.0
        return min(self.samples, key=lambda sample: sample.round_trip_ms).offset_ms

    def server_now(self, local_now_ms: int) -> int:
        """The server's time, in UTC epoch ms."""
        return round(local_now_ms + self.offset_ms)
