"""The steps of a check: how long each may take, and what its failure is called."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from canary_service.logic.ports import StepFailed
from shared.canary import CanaryStep, StepTaken
from shared.errors import Busy, CalcuttaError, LobbyClosed, NotAllowed, NotFound

LIMITS_S: Mapping[CanaryStep, float] = {
    "sign_in": 5.0,
    "ticket": 5.0,
    "lobby": 12.0,
    "connect": 5.0,
    "state": 5.0,
    "lot": 20.0,
    "bid": 8.0,
    "broadcast": 3.0,
    "row": 14.0,
    "tidy": 6.0,
}
"""Seconds, each time a step is taken. `lot` may have to open the auction, `row` to wait for a cold
start in the VPC, `lobby` for those of nine functions; a bid that takes longer than `bid` is of no
use to anybody."""

WHOLE_S = 52.0
"""Seconds for all of it: whoever asks waits for a minute, and the Lambda has to end before."""

FAILURES: Mapping[CanaryStep, str] = {
    "sign_in": "the canary could not sign in",
    "ticket": "no ticket was given",
    "lobby": "the line did not lead into the room",
    "connect": "no WebSocket was opened",
    "state": "the auction's state was not told",
    "lot": "no lot could be brought up",
    "bid": "the bid was not accepted",
    "broadcast": "the bid was not broadcast",
    "row": "the bid's row was not seen in the database",
    "tidy": "what earlier checks left was not tidied away",
}


class Steps:
    """The steps taken so far, the latest last.

    Args:
        clock_ms: milliseconds that never go back.
    """

    def __init__(self, clock_ms: Callable[[], int], limits_s: Mapping[CanaryStep, float]) -> None:
        self.taken: list[StepTaken] = []
        self._clock_ms = clock_ms
        self._limits_s = limits_s

    @asynccontextmanager
    async def step(self, step: CanaryStep) -> AsyncIterator[None]:
        """Take a step, within its time.

        Raises:
            StepFailed: it took too long, or why it failed.
        """
        began_ms, limit_s = self._clock_ms(), self._limits_s[step]
        try:
            async with asyncio.timeout(limit_s):
                yield
        except TimeoutError:
            raise StepFailed(f"nothing in {limit_s:g} s") from None
        except CalcuttaError as error:
            raise StepFailed(_why(error)) from error
        finally:
            self.taken.append(StepTaken(step, self._clock_ms() - began_ms))


def _why(error: CalcuttaError) -> str:
    """In words of our own: an error's sentence may quote an address, and that a ticket."""
    match error:
        case NotAllowed():
            return "the canary was refused"
        case NotFound():
            return "there is no such synthetic auction; run calcutta canary prepare"
        case LobbyClosed():
            return "it is closed; run calcutta canary prepare"
        case Busy():
            return "it is too busy"
        case _:
            return "no good answer"
