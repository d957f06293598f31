"""How many may come in now: a bucket that fills at the line's pace.

One person costs `UNITS`, and each millisecond adds the pace per minute in units, so that all of it
is exact in integers. At most `BURST_MS` of the pace is saved up: what a line did not use while the
room was full does not come in all at once.
"""

from __future__ import annotations

from lobby_service.logic.line import Line

UNITS = 60_000
"""Units that one person costs: the milliseconds of a minute."""

BURST_MS = 10_000


def allowance(line: Line, now_ms: int) -> int:
    """How many may come in now, by pace and by order of the operator."""
    by_pace = 0 if line.paused else _credit(line, now_ms) // UNITS
    return by_pace + line.extra


def spend(line: Line, people: int, now_ms: int) -> tuple[int, int]:
    """What remains of the credit, and how many of `extra` are used, after `people` came in; what
    the pace did not allow was beyond it."""
    credit = _credit(line, now_ms)
    by_pace = 0 if line.paused else min(people, credit // UNITS)
    return credit - by_pace * UNITS, min(line.extra, people - by_pace)


def _credit(line: Line, now_ms: int) -> int:
    # another container's clock may be ahead
    elapsed_ms = max(0, now_ms - line.credited_at_ms)
    most = max(UNITS, line.pace_per_minute * BURST_MS)
    return min(most, line.credit + elapsed_ms * line.pace_per_minute)
