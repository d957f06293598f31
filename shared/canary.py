"""What `services/canary` offers: one look at the stage, from the outside, as a bidder has it.

check_auction    RunCanary → CanaryReport
"""

from __future__ import annotations

from typing import Literal

import msgspec

from shared.fields import Id

CanaryStep = Literal[
    "sign_in",
    "ticket",
    "lobby",
    "connect",
    "state",
    "lot",
    "bid",
    "broadcast",
    "row",
    "tidy",
]
"""What a check does, in its order. `lobby` is of a check that also comes through a line to a seat:
every one that is asked for, and the schedule's first of each two hours. `state`, `lot` and `tidy`
are of a check that starts with a fresh lot: every one that is asked for, and a scheduled one now
and then."""


class CanaryUser(msgspec.Struct, frozen=True):
    """Who the canary is, and where it bids: what `calcutta canary prepare` leaves, as JSON, in the
    stage's SecureString parameter, which only `checkAuction` reads."""

    email: str
    password: str
    auction_id: Id


class RunCanary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Look now, and say what was seen; a check that fails is a report as well."""


class StepTaken(msgspec.Struct, frozen=True):
    """A step that a check took, and how long that was."""

    step: CanaryStep
    ms: int


class CanaryReport(msgspec.Struct, frozen=True):
    """What a check saw.

    Attributes:
        failed_at: the step that failed; None if it passed.
        reason: why, in words that hold nothing internal.
        bid_ms: from the bid to its answer; None if there was none in time, like the others.
        lobby_ms: from joining the line to the ticket at its end; None also without a line.
        broadcast_ms: from the bid to its event, as the bidder was told.
        row_ms: from the bid to its row in the database.
        steps: those that were taken, the failed one last.
    """

    passed: bool
    failed_at: CanaryStep | None = None
    reason: str | None = None
    bid_ms: int | None = None
    lobby_ms: int | None = None
    broadcast_ms: int | None = None
    row_ms: int | None = None
    steps: tuple[StepTaken, ...] = ()
