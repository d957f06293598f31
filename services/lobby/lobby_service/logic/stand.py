"""What a person does about a line: join it, look where they stand, leave it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from lobby_service.logic.line import Line
from lobby_service.logic.ports import Room, Waiter, Waiters
from lobby_service.logic.standing import is_passed_over, standing
from shared.errors import LobbyClosed, LobbyNotOpen, NotFound
from shared.lobby import LineStanding
from shared.room import SeatTicket

OVERDUE_MS = 60_000
"""Who looks after this time and has no number asks for one again: the stream may have failed."""


class Desk(msgspec.Struct, frozen=True):
    """What serving people takes.

    Attributes:
        line_of: the line of an auction, at most a second old: it is asked for by everyone who
            comes. None: it has none.
    """

    line_of: Callable[[str], Line | None]
    waiters: Waiters
    room: Room
    now_ms: Callable[[], int]


def join(auction_id: str, user_id: str, name: str, desk: Desk) -> LineStanding:
    """Stand in line, at the end; who waits already, or is admitted, stays where they are, unless
    their turn or seat is lost.

    Raises:
        NotFound, LobbyNotOpen, LobbyClosed.
    """
    line = _open_line(auction_id, desk)
    now_ms = desk.now_ms()
    if now_ms < line.gather_at_ms:
        raise LobbyNotOpen("the line is not open yet")
    waiter = desk.waiters.join(auction_id, user_id, name, now_ms)
    ticket = _ticket(waiter, desk) if waiter.state == "admitted" else None
    if (waiter.state == "admitted" and ticket is None) or _is_lost(line, waiter, desk):
        waiter = desk.waiters.join(auction_id, user_id, name, now_ms)
    return standing(line, waiter, now_ms, ticket)


def look(auction_id: str, user_id: str, desk: Desk) -> LineStanding:
    """Where they stand; who is admitted gets a fresh ticket. Whose seat is gone, or whom the line
    went past because their number could not be read, has expired, and may join again.

    Raises:
        NotFound: the auction has no line, or they never joined it.
        LobbyClosed.
    """
    line = _open_line(auction_id, desk)
    waiter = desk.waiters.read(auction_id, user_id)
    if waiter is None:
        raise NotFound("you are not in this line")
    if _is_lost(line, waiter, desk):
        return LineStanding(state="expired")
    if waiter.state != "admitted":
        now_ms = desk.now_ms()
        if waiter.number is None and now_ms - waiter.joined_at_ms > OVERDUE_MS:
            desk.waiters.ask_again(waiter, now_ms)
        return standing(line, waiter, now_ms)
    ticket = _ticket(waiter, desk)
    if ticket is None:
        return LineStanding(state="expired")
    return standing(line, waiter, desk.now_ms(), ticket)


def leave(auction_id: str, user_id: str, desk: Desk) -> LineStanding:
    """Leave the line; the place passes by itself when its turn comes.

    Raises:
        NotFound: they never joined it.
    """
    waiter = desk.waiters.leave(auction_id, user_id)
    if waiter is None:
        raise NotFound("you are not in this line")
    return LineStanding(state=waiter.state)


def _open_line(auction_id: str, desk: Desk) -> Line:
    line = desk.line_of(auction_id)
    if line is None:
        raise NotFound("this auction has no line")
    if line.closed:
        raise LobbyClosed("the line is closed")
    return line


def _is_lost(line: Line, waiter: Waiter, desk: Desk) -> bool:
    """Whether their turn passed without them, which the waiter's record then says."""
    lost = is_passed_over(line, waiter)
    if lost:
        desk.waiters.expire(waiter)
    return lost


def _ticket(waiter: Waiter, desk: Desk) -> SeatTicket | None:
    """A fresh ticket for the seat; None if it is gone, which the waiter's record then says."""
    try:
        return desk.room.renew_ticket(waiter.auction_id, waiter.user_id)
    except NotFound:
        desk.waiters.expire(waiter)
        return None
