"""Where somebody stands, and what everybody may know of a line."""

from __future__ import annotations

from lobby_service.logic import estimate
from lobby_service.logic.line import Line
from lobby_service.logic.ports import Waiter
from shared.lobby import LineStanding, Serving
from shared.room import SeatTicket


def serving(line: Line, now_ms: int, seat_claim_ms: int) -> Serving:
    """What everybody may know.

    Args:
        seat_claim_ms: how long the room keeps a seat for whose turn it is.
    """
    return Serving(
        status=line.status,
        gather_at_ms=line.gather_at_ms,
        doors_at_ms=line.doors_at_ms,
        seed=line.seed,
        early=line.early,
        served=line.served,
        waiting=line.waiting,
        per_minute=estimate.per_minute(line.samples, now_ms, line.served),
        now_ms=now_ms,
        numbered_until_ms=line.numbered_until_ms,
        seat_claim_ms=seat_claim_ms,
    )


def standing(
    line: Line, waiter: Waiter, now_ms: int, ticket: SeatTicket | None = None
) -> LineStanding:
    """Where a waiter stands; who waits no more has no place."""
    if waiter.state != "waiting":
        return LineStanding(
            state=waiter.state,
            ticket=ticket.ticket if ticket else None,
            ticket_expires_at_ms=ticket.expires_at_ms if ticket else None,
        )
    if waiter.number is None:
        return LineStanding(state="waiting", joined_at_ms=waiter.joined_at_ms)
    place = _place(line, waiter)
    ahead = None if place is None else max(0, place - line.served - 1)
    rate = estimate.per_minute(line.samples, now_ms, line.served)
    return LineStanding(
        state="waiting",
        number=waiter.number,
        early=waiter.early,
        place=place,
        ahead=ahead,
        wait_ms=None if ahead is None else estimate.wait_ms(ahead, rate),
        joined_at_ms=waiter.joined_at_ms,
    )


def is_passed_over(line: Line, waiter: Waiter) -> bool:
    """Whether the line went past them while they wait: nobody could read whose turn it was.

    A window that can read it marks them before the line moves on, so it is true of nobody else,
    if the line was read before the waiter.
    """
    place = _place(line, waiter) if waiter.state == "waiting" else None
    return place is not None and place <= line.served


def _place(line: Line, waiter: Waiter) -> int | None:
    if waiter.number is None:
        return None
    return line.place_of("early" if waiter.early else "late", waiter.number)
