"""The server's clock: the one place that asks for the time."""

import time


def now_ms() -> int:
    """The time now, in UTC epoch milliseconds."""
    return time.time_ns() // 1_000_000
