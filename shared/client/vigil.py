"""When a client asks how far the auction is; the mirror of services/web/src/auction/vigil.ts."""

from __future__ import annotations

import msgspec

from shared.limits import LONGEST_UNASKED_MS, QUIET_MS, QUIET_WHILE_CLOCK_RUNS_MS

FIRST_PINGS = 3
"""At the beginning of a connection, for the clock: the quickest of them counts."""

BETWEEN_FIRST_S = 1.0
UNANSWERED = 2
"""A connection on which nothing is heard after this many pings in a row is taken for dead."""

JITTER = 0.5


class Patience(msgspec.Struct, frozen=True):
    """Seconds; tests hurry."""

    quiet_s: float = QUIET_MS / 1_000
    quiet_while_clock_runs_s: float = QUIET_WHILE_CLOCK_RUNS_MS / 1_000
    longest_unasked_s: float = LONGEST_UNASKED_MS / 1_000
    answer_s: float = 10.0


class Vigil:
    """One connection's pings; tell it what is heard and asked, in seconds of one clock.

    Args:
        share: evenly by chance between 0 and 1, another for every client.
    """

    def __init__(self, patience: Patience, now_s: float, share: float) -> None:
        self._patience = patience
        self._jitter = 1 + JITTER * share
        self._asked_at_s = self._heard_at_s = now_s
        self._asked = self._unanswered = 0

    def heard(self, now_s: float) -> None:
        """Any message, be it an answer or not."""
        self._heard_at_s = now_s
        self._unanswered = 0

    def asked(self, now_s: float) -> None:
        self._asked_at_s = now_s
        self._asked += 1
        self._unanswered += 1

    def due_in_s(self, now_s: float, *, clock_runs: bool) -> float:
        """How long until the next ping, or the end, if nothing is heard; at once if not positive.

        Args:
            clock_runs: a lot is up, and its clock is not stopped.
        """
        patience = self._patience
        if self._asked == 0:
            return 0.0
        if self._unanswered:
            return self._asked_at_s + patience.answer_s - now_s
        quiet_s = patience.quiet_while_clock_runs_s if clock_runs else patience.quiet_s
        first = self._asked < FIRST_PINGS
        longest_s = BETWEEN_FIRST_S if first else patience.longest_unasked_s
        due_at_s = min(self._heard_at_s + quiet_s * self._jitter, self._asked_at_s + longest_s)
        return due_at_s - now_s

    @property
    def is_hopeless(self) -> bool:
        """The next time that a ping is due there is nobody to answer it."""
        return self._unanswered >= UNANSWERED
