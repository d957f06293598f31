"""Tickets for seats: one seat has at most one ticket that counts, or one connection."""

from __future__ import annotations

from shared.auction import Member
from shared.errors import Busy, NotFound, RoomFull
from shared.limits import NO_MEMBER
from shared.room import Newcomer, RenewTicket
from websocket_service.logic.ports import Ticket
from websocket_service.logic.room.ports import RoomDesk
from websocket_service.logic.room.seats import Seat, SeatsChange, renewed, walk_in
from websocket_service.logic.tickets import Issued, draw_ticket, expiry_of_ticket


def ticket_without_line(
    auction_id: str, user: Newcomer, member: Member | None, desk: RoomDesk
) -> Issued | None:
    """A ticket for the seat that a spectator or a stranger has, or for a free one; None if the
    auction is not public.

    Args:
        member: who they are in the league, if they are in it.

    Raises:
        RoomFull: they have to join the line.
        Busy: their earlier connection could not be closed; the same request may be sent again.
    """
    for _ in desk.attempts():
        room, seats = desk.seats.read(auction_id, [user.user_id])
        seat, now_ms = seats.get(user.user_id), desk.now_ms()
        if room is None:
            return None
        if seat is not None and seat.is_held(now_ms):
            ticket = _renew(auction_id, seat, member, desk)
            if ticket is not None:
                return ticket
            continue
        if not room.is_open:
            return None
        secret, claim = draw_ticket()
        taken = walk_in(
            auction_id, user, room, seat, claim=claim, settings=desk.settings(), now_ms=now_ms
        )
        if taken is None:
            break
        seat, change = taken
        if desk.seats.write(change):
            return _put(auction_id, secret, seat, member, desk)
    # a crowd that keeps each other from the free seats has to stand in line as well
    raise RoomFull("no seat is free at the moment; join the line")


def renew_ticket(request: RenewTicket, member: Member | None, desk: RoomDesk) -> Issued:
    """A fresh ticket for the seat that somebody has.

    Args:
        member: who they are in the league, if they are in it.

    Raises:
        NotFound: they have no seat any more.
        Busy: their earlier connection could not be closed; the same request may be sent again.
    """
    for _ in desk.attempts():
        _, seats = desk.seats.read(request.auction_id, [request.user_id])
        seat = seats.get(request.user_id)
        if seat is None or not seat.is_held(desk.now_ms()):
            raise NotFound("there is no seat for you any more")
        ticket = _renew(request.auction_id, seat, member, desk)
        if ticket is not None:
            return ticket
    raise Busy("your seat changes too fast; try again")


def _renew(auction_id: str, seat: Seat, member: Member | None, desk: RoomDesk) -> Issued | None:
    """None if the seat was changed meanwhile."""
    if seat.connection_id:
        came_of_it = desk.close(seat.connection_id)
        # one that is just opening is called gone as well, and would be up beside the ticket
        is_open = came_of_it == "gone" and seat.is_settling(desk.now_ms())
        if came_of_it == "failed" or is_open:
            raise Busy("your earlier connection is still open; try again")
    secret, claim = draw_ticket()
    fresh = renewed(seat, claim, desk.now_ms())
    if not desk.seats.write(SeatsChange(auction_id, seats=((seat, fresh),))):
        return None
    return _put(auction_id, secret, fresh, member, desk)


def _put(auction_id: str, secret: str, seat: Seat, member: Member | None, desk: RoomDesk) -> Issued:
    holder = member or Member(
        number=NO_MEMBER, user_id=seat.user_id, name=seat.name, role="spectator"
    )
    expires_at_ms = min(seat.expires_at_ms, expiry_of_ticket(desk.now_ms()))
    desk.tickets.put(seat.claim, Ticket(auction_id, holder, expires_at_ms, claim=seat.claim))
    return secret, expires_at_ms
