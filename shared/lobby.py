"""What `services/lobby` says to people over HTTP, and to operators by its function:

run_line   RunLine → LineReport

A waiter has a *number* (in which order they were numbered, early ones and late ones apart) and a
*place* (the turn in which they are let in); both begin with 1. `served` places had their turn, so
`place - served` is how far away one's own is: 1 is next. Anyone can recompute the place of an early
number from the seed, see `lobby_service.logic.permutation`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from shared.fields import Id, TimeMs
from shared.limits import MAX_COUNT, MAX_EXTRA, MAX_PACE_PER_MINUTE, MAX_REQUEST_ID_CHARS
from shared.settings import SeatClaimMs

LineStatus = Literal["gathering", "open", "paused", "closed"]
"""`gathering`: the doors are not open yet; `paused`: nobody's turn comes by itself; `closed`: by an
operator, or because the auction is over."""

WaiterState = Literal["waiting", "admitted", "expired", "left"]
"""`admitted`: there is a seat, and a ticket for it; `expired`: the seat was not used in time, or
the turn was lost. Who joins again stands at the end."""

Count = Annotated[int, Meta(ge=0, le=MAX_COUNT)]
Turn = Annotated[int, Meta(ge=1, le=MAX_COUNT, description="A number or a place, from 1.")]
Pace = Annotated[
    int, Meta(ge=1, le=MAX_PACE_PER_MINUTE, description="People let in a minute, at most.")
]
PublishedSeed = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{32}(?!\n)$", description="What orders the early numbers.")
]


class Range(msgspec.Struct, frozen=True):
    """From `low` to `high`: what is estimated is probably in between."""

    low: Count
    high: Count


class LineStanding(msgspec.Struct, frozen=True):
    """Where a waiter stands.

    Attributes:
        number: None for the moments until it is assigned.
        early: whether the number is one of those before the doors opened.
        place: None without a number, and for an early one until the doors are open.
        ahead: how many are to be let in before; 0 is next.
        wait_ms: how long it may take; None if the line moves too little to tell.
        ticket: of who is admitted, fresh: an earlier one is void.
        joined_at_ms: when this turn joined; None unless they wait.
    """

    state: WaiterState
    number: Turn | None = None
    early: bool | None = None
    place: Turn | None = None
    ahead: Count | None = None
    wait_ms: Range | None = None
    ticket: str | None = None
    ticket_expires_at_ms: TimeMs | None = None
    joined_at_ms: TimeMs | None = None


class Serving(msgspec.Struct, frozen=True):
    """What everybody may know of a line, the same for all: it is cached for a second.

    Attributes:
        doors_at_ms: by the server's clock, UTC epoch milliseconds; who joined before is early. The
            doors open some seconds after, and not while early people are still being numbered, for
            three minutes at most.
        seed, early: what orders the early numbers, and how many; None until the doors open.
        served: how many places had their turn.
        waiting: how many places have not.
        per_minute: how many places lately had their turn; None if too few to tell.
        now_ms: when this was true.
        numbered_until_ms: when the latest had joined of those who have a number: who joined later
            has none yet, and who joined before has one, all but a few. 0: nobody has.
        seat_claim_ms: how long a seat waits for whose turn it is.
    """

    status: LineStatus
    gather_at_ms: TimeMs
    doors_at_ms: TimeMs
    seed: PublishedSeed | None
    early: Count | None
    served: Count
    waiting: Count
    per_minute: Range | None
    now_ms: TimeMs
    numbered_until_ms: TimeMs
    seat_claim_ms: SeatClaimMs


class ShowLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="status"):
    """Change nothing."""


class OpenLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="open"):
    """Give an auction a line, or change when its doors open while they are still shut; a line that
    was closed goes on where it was, and so does its room. What is None stays as it is, or is now,
    or the default.

    Attributes:
        gather_at_ms: from when on people may join.
        doors_at_ms: when the doors open: who joins before is ordered by the seed.
    """

    gather_at_ms: TimeMs | None = None
    doors_at_ms: TimeMs | None = None
    pace_per_minute: Pace | None = None


class PauseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pause"):
    """Let nobody in but those of `AdmitMore`; people may still join."""


class ResumeLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="resume"):
    """End a pause."""


class SetPace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pace"):
    per_minute: Pace


class AdmitMore(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="admit"):
    """Let this many in beyond the pace, as seats allow.

    Attributes:
        request_id: said again with the same one, while nobody said another, it counts once.
    """

    people: Annotated[int, Meta(ge=1, le=MAX_EXTRA)]
    request_id: Annotated[str, Meta(min_length=1, max_length=MAX_REQUEST_ID_CHARS)]


class CloseLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="close"):
    """Nobody joins and nobody is let in any more; who is in the room stays."""


LineOrder = ShowLine | OpenLine | PauseLine | ResumeLine | SetPace | AdmitMore | CloseLine


class RunLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an operator wants of an auction's line. NotFound: it has none; LobbyClosed: the auction
    is over."""

    auction_id: Id
    order: LineOrder


class LineReport(msgspec.Struct, frozen=True):
    """A line after an order.

    Attributes:
        late: how many came after the doors opened.
        extra: how many may still come in beyond the pace.
    """

    auction_id: Id
    serving: Serving
    pace_per_minute: Pace
    late: Count
    extra: Count
