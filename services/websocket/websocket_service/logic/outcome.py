"""What came of a command that the auction accepted."""

from __future__ import annotations

import msgspec

from shared.events import LedgerEntry


class Outcome(msgspec.Struct, frozen=True):
    """Attributes:
    seq: the event that the command caused, now or when it was sent before.
    entry: that event, if it was caused now and is to be broadcast.
    audience: how many connections the auction had seen; None where the write did not tell.
    """

    seq: int
    entry: LedgerEntry | None = None
    audience: int | None = None
