"""How long an invocation may go on trying, and how it waits between attempts."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from rds_bridge_service.adapters.faults import Fault, fault_of
from shared.logs import logger

CONNECT_SECONDS = 5
FIRST_WAIT_S = 0.05
LONGEST_WAIT_S = 2.0
LAST_ATTEMPT_S = 7.0
"""No attempt begins with less left: connecting alone may take five seconds."""

WITHOUT_LAMBDA_S = 15.0
"""How long it is tried where no invocation's time runs out."""

RACES = 4
"""How often a transaction may find that another writer was first; the next time it is its own."""

T = TypeVar("T")
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)


def within_its_time(handler: Handler) -> Handler:
    """A handler whose attempts at the database end before its invocation does."""

    @functools.wraps(handler)
    def timed(event: dict[str, Any], context: Any) -> dict[str, Any]:
        remaining = getattr(context, "get_remaining_time_in_millis", None)
        token = _ends_at.set(time.monotonic() + remaining() / 1000 if remaining else None)
        try:
            return handler(event, context)
        finally:
            _ends_at.reset(token)

    return timed


def patiently(
    attempt: Callable[[], T],
    *,
    on_lost: Callable[[], None],
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """Attempt it until it succeeds, or fails in a way that time does not mend, or time is up.

    Args:
        on_lost: lets go of the connections there are, before the next attempt.
    """
    ends_at = _ends_at.get() or clock() + WITHOUT_LAMBDA_S
    races = 0
    for wait_s in waits():
        try:
            return attempt()
        except Exception as error:
            fault = fault_of(error)
            races += fault is Fault.DUPLICATE
            hopeless = fault in (Fault.REFUSED, Fault.UNKNOWN) or races >= RACES
            if hopeless or clock() + wait_s + LAST_ATTEMPT_S > ends_at:
                raise
            logger().warning("the database failed; again", extra={"fault": fault.value})
        if fault is Fault.LOST:
            on_lost()
        sleep(wait_s)
    raise AssertionError("the waits are endless")


def waits() -> Iterator[float]:
    """Up to twice as long each time, with jitter: those who failed together come back apart."""
    longest = FIRST_WAIT_S
    while True:
        yield random.uniform(longest / 2, longest)  # noqa: S311 - not a secret
        longest = min(longest * 2, LONGEST_WAIT_S)
