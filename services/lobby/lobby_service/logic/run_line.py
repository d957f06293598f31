"""What operators do to a line; every order may be given again, and changes nothing then."""

from __future__ import annotations

import msgspec

from lobby_service.logic.gathering import require_gathering
from lobby_service.logic.line import DEFAULT_PACE_PER_MINUTE, Line
from lobby_service.logic.ports import Lines, Room
from lobby_service.logic.standing import serving
from shared.errors import LobbyClosed, NotFound, Outdated
from shared.lobby import (
    AdmitMore,
    CloseLine,
    LineReport,
    OpenLine,
    PauseLine,
    ResumeLine,
    RunLine,
    SetPace,
)
from shared.room import Admitted


def run_line(
    request: RunLine, *, lines: Lines, room: Room, now_ms: int, seat_claim_ms: int
) -> LineReport:
    """Carry out an order, and report how the line is then.

    Raises:
        NotFound: the auction has no line.
        InvalidMessage: people would gather after the doors open, or for too long before.
        Outdated: the doors are open already.
        LobbyClosed: the auction is over.
    """
    auction_id, order = request.auction_id, request.order
    if isinstance(order, OpenLine):
        _open(auction_id, order, lines, room, now_ms)
    else:
        _line(auction_id, lines)
    match order:
        case PauseLine():
            lines.set(auction_id, paused=True)
        case ResumeLine():
            lines.set(auction_id, paused=False)
        case SetPace():
            lines.set(auction_id, pace_per_minute=order.per_minute)
        case AdmitMore():
            lines.add_extra(auction_id, order.people, order.request_id)
        case CloseLine():
            line = _line(auction_id, lines)
            lines.close(line)
            room.close(auction_id, line.opened_at_ms)
    return _report(_line(auction_id, lines), now_ms, seat_claim_ms)


def _open(auction_id: str, order: OpenLine, lines: Lines, room: Room, now_ms: int) -> None:
    there = lines.read(auction_id)
    gather_at_ms = order.gather_at_ms if order.gather_at_ms is not None else now_ms
    doors_at_ms = order.doors_at_ms if order.doors_at_ms is not None else now_ms
    if there is not None:
        gather_at_ms = order.gather_at_ms if order.gather_at_ms is not None else there.gather_at_ms
        doors_at_ms = order.doors_at_ms if order.doors_at_ms is not None else there.doors_at_ms
    require_gathering(gather_at_ms, doors_at_ms, there)
    new = Line(
        auction_id=auction_id,
        gather_at_ms=gather_at_ms,
        doors_at_ms=doors_at_ms,
        pace_per_minute=order.pace_per_minute or DEFAULT_PACE_PER_MINUTE,
        opened_at_ms=now_ms,
    )
    # First the room: from now on nobody takes a seat without the line.
    if _tell(room, there or msgspec.structs.replace(new, opened_at_ms=0)).is_over:
        raise LobbyClosed("the auction is over; one that is reopened may have a line again")
    if there is None and lines.create(new):
        _tell(room, new)
        return
    changes = order.gather_at_ms is not None or order.doors_at_ms is not None
    if changes and not lines.set_doors(auction_id, gather_at_ms, doors_at_ms):
        raise Outdated("the doors are open already; their time stays as it was")
    if order.pace_per_minute is not None:
        lines.set(auction_id, pace_per_minute=order.pace_per_minute)
    if there is not None and there.closed:
        lines.reopen(there, max(now_ms, there.opened_at_ms + 1))
    _tell(room, _line(auction_id, lines))


def _tell(room: Room, line: Line) -> Admitted:
    """Tell the room of a line; if this is lost, a window will."""
    return room.admit(line.auction_id, line.waiting_for_room, (), line.opened_at_ms)


def _line(auction_id: str, lines: Lines) -> Line:
    line = lines.read(auction_id)
    if line is None:
        raise NotFound("this auction has no line; calcutta lobby open gives it one")
    return line


def _report(line: Line, now_ms: int, seat_claim_ms: int) -> LineReport:
    return LineReport(
        auction_id=line.auction_id,
        serving=serving(line, now_ms, seat_claim_ms),
        pace_per_minute=line.pace_per_minute,
        late=line.late_arrived,
        extra=line.extra,
    )
