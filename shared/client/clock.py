"""The server's time, guessed from here."""

from __future__ import annotations

import msgspec

SAMPLES = 8
"""Round trips that are remembered: enough to meet a quick one, few enough to follow a drift."""


class ClockSample(msgspec.Struct, frozen=True):
    """One ping: `sent_ms` and `received_ms` by the local clock, `server_time_ms` in between."""

    sent_ms: int
    received_ms: int
    server_time_ms: int

    @property
    def round_trip_ms(self) -> int:
        return self.received_ms - self.sent_ms

    @property
    def offset_ms(self) -> float:
        """Server minus local time; wrong by at most half the round trip (NTP, RFC 5905 §8)."""
        return self.server_time_ms - (self.sent_ms + self.received_ms) / 2


class ServerClock(msgspec.Struct, frozen=True):
    """The offset of the server's clock, from the quickest of the latest pings."""

    samples: tuple[ClockSample, ...] = ()

    def with_sample(self, sample: ClockSample) -> ServerClock:
        """The clock after one more ping. One that took less than no time tells of a local clock
        that was set in between, and is left out."""
        if sample.round_trip_ms < 0:
            return self
        return ServerClock((*self.samples, sample)[-SAMPLES:])

    @property
    def offset_ms(self) -> float:
        """Server minus local time; 0 before the first ping."""
        if not self.samples:
            return 0.0
        return min(self.samples, key=lambda sample: sample.round_trip_ms).offset_ms

    def server_now(self, local_now_ms: int) -> int:
        """The server's time, in UTC epoch ms."""
        return round(local_now_ms + self.offset_ms)
