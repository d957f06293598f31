"""What a promotion does about being stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable() -> Iterator[None]:
    """A pipeline's SIGTERM is a person's Ctrl-C: it puts back what was moved."""
    with _handled(_interrupt, signal.SIGTERM):
        yield


@contextmanager
def unstoppable() -> Iterator[None]:
    """For the seconds that putting back takes."""
    with _handled(signal.SIG_IGN, *_STOPS):
        yield


@contextmanager
def _handled(handler: Any, *signals: signal.Signals) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in signals}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
