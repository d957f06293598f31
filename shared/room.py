"""What `services/websocket` offers to the lobby: requests and replies of its functions, by name.

admit          Admit → Admitted
renew_ticket   RenewTicket → SeatTicket   (NotFound: the seat is gone)
close_room     CloseRoom → RoomClosed

A seat is the right of one user to be in the room of a public auction: an offer of one until it is
claimed, or one live connection. A seat's ticket opens the WebSocket, as a member's does.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shared.fields import Id, Name, TimeMs
from shared.limits import MAX_ADMIT, MAX_COUNT


class Newcomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user who is next in the line, by the name in their token."""

    user_id: Id
    name: Name


class Admit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Give free seats to `users` in their order, and none after the first for whom there is none;
    who has a seat keeps it, and who needs none is let in, whatever there is for those before them.

    With no users: take back the expired seats, and say how many are free. The auction is public
    from the first call on, until its room is closed. A closed room seats nobody, until a call says
    that the line was opened once more; the room of an auction that is over closes itself.

    Attributes:
        waiting: how many wait in the line beside these; while there are any, or one of these is
            not seated, or no seat is free, nobody is seated without the line. A line whose doors
            are not open, or that is paused, says at least 1.
        opened_at_ms: when the line was opened, the latest time. Once a line has said a later time,
            what is said with an earlier one does not count: it comes from before it was closed.
    """

    auction_id: Id
    waiting: Annotated[int, Meta(ge=0, le=MAX_COUNT)]
    users: Annotated[tuple[Newcomer, ...], Meta(max_length=MAX_ADMIT)] = ()
    opened_at_ms: TimeMs = 0


class Admitted(msgspec.Struct, frozen=True):
    """Who of those named may come in now, and how many seats are left.

    Attributes:
        seated: who of the named has a seat, or a right of their own as commissioner, admin or
            bidder of the open auction and needs none; in the order they were named.
        expired: users whose seats were taken back in this call, named or not.
        free: how many seats are free after this.
        is_over: the auction was closed, and its room is with this call.
    """

    seated: tuple[Id, ...]
    expired: tuple[Id, ...]
    free: int
    is_over: bool = False


class RenewTicket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fresh ticket for a seat that is held; the seat's earlier ticket dies with it, and its
    connection, if it has one, is closed: the newest device wins.

    A commissioner, admin or bidder gets a member's ticket, with or without a seat.
    """

    auction_id: Id
    user_id: Id


class SeatTicket(msgspec.Struct, frozen=True):
    """A ticket never outlives its seat: it may be good for less than `TICKET_LIFETIME_MS`."""

    ticket: str
    expires_at_ms: TimeMs


class CloseRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The auction is no longer public: nobody else is seated; who has a seat keeps it until they
    leave. `opened_at_ms` is as in `Admit`."""

    auction_id: Id
    opened_at_ms: TimeMs = 0


class RoomClosed(msgspec.Struct, frozen=True):
    """How many seats were still taken."""

    taken: int
