"""A public auction's room with the way in and out of it, as API Gateway and Lambda make it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from shared.auction import Member
from shared.errors import NotFound, TicketRefused
from shared.limits import CONNECTION_LIFETIME_MS
from shared.room import Admit, Admitted, CloseRoom, Newcomer, RenewTicket, RoomClosed
from shared.settings import Settings
from tests.fakes.builders import AUCTION
from tests.fakes.clock import Clock
from tests.fakes.connections import MemoryTickets
from tests.fakes.seats import MemorySeats
from websocket_service.logic.ports import Ticket
from websocket_service.logic.room.admit import admit
from websocket_service.logic.room.close_room import close_room
from websocket_service.logic.room.connections import leave_seat, take_seat
from websocket_service.logic.room.ports import Closing, RoomDesk
from websocket_service.logic.room.seats import Room, Seat
from websocket_service.logic.room.tickets import renew_ticket, ticket_without_line
from websocket_service.logic.tickets import Issued, use_ticket

LAMBDA_MS = 10_000
"""How long `$connect` has, before API Gateway refuses the connection."""


class Socket(Struct):
    """A WebSocket: opening, until `$connect` has returned; then up."""

    connection_id: str
    user_id: str
    since_ms: int
    is_up: bool = False


class Place:
    """The room and everybody around it.

    Attributes:
        sockets: those that are opening or up, by connection id.
        goodbyes: what `$disconnect` has not been told yet; it may never be.
        own_right: who needs no seat.
        is_over: whether the auction was closed.
    """

    def __init__(self, **settings: int) -> None:
        self.settings = Settings(**{"seats": 2, **settings})
        self.clock = Clock()
        self.seats, self.tickets = MemorySeats(self.step), MemoryTickets()
        self.sockets: dict[str, Socket] = {}
        self.goodbyes: list[Socket] = []
        self.own_right: frozenset[str] = frozenset()
        self.closing_fails = False
        self.is_over = False
        self._numbers = 0

    def step(self) -> None:
        """Whatever happens before and after each write of a seat."""

    @property
    def desk(self) -> RoomDesk:
        return RoomDesk(
            seats=self.seats,
            tickets=self.tickets,
            close=self.close,
            settings=lambda: self.settings,
            now_ms=self.clock,
            wait=lambda _: None,
        )

    @property
    def room(self) -> Room:
        return self.seats.rooms[AUCTION]

    def seat(self, user_id: str) -> Seat | None:
        return self.seats.rows.get(AUCTION, {}).get(user_id)

    def admit(self, *user_ids: str, waiting: int = 0, opened_at_ms: int = 0) -> Admitted:
        users = tuple(Newcomer(user_id, user_id.title()) for user_id in user_ids)
        request = Admit(AUCTION, waiting, users, opened_at_ms)
        return admit(request, self.desk, self._own_rights, lambda _: self.is_over)

    def _own_rights(self, auction_id: str, user_ids: Sequence[str]) -> frozenset[str]:
        return self.own_right & {*user_ids}

    def ask(self, user_id: str, member: Member | None = None) -> Issued | None:
        """POST tickets, by a spectator or a stranger."""
        return ticket_without_line(AUCTION, Newcomer(user_id, user_id.title()), member, self.desk)

    def secret(self, user_id: str) -> str:
        ticket = self.ask(user_id)
        assert ticket is not None
        return ticket[0]

    def renew(self, user_id: str, member: Member | None = None) -> Issued:
        return renew_ticket(RenewTicket(AUCTION, user_id), member, self.desk)

    def close_room(self, opened_at_ms: int = 0) -> RoomClosed:
        return close_room(CloseRoom(AUCTION, opened_at_ms), self.desk)

    def connect(self, secret: str) -> str | None:
        """Open a WebSocket with a ticket: its connection id, or None if it was refused."""
        try:
            ticket = use_ticket(secret, AUCTION, tickets=self.tickets, now_ms=self.clock())
        except TicketRefused:
            return None
        self._numbers += 1
        socket = Socket(f"c{self._numbers}", ticket.member.user_id, self.clock())
        self.sockets[socket.connection_id] = socket
        try:
            is_in = self._takes_seat(ticket, socket)
            socket.is_up = is_in and self.clock() - socket.since_ms < LAMBDA_MS
        finally:
            if not socket.is_up:
                del self.sockets[socket.connection_id]
        return socket.connection_id if socket.is_up else None

    def _takes_seat(self, ticket: Ticket, socket: Socket) -> bool:
        return take_seat(
            AUCTION,
            socket.user_id,
            ticket.claim,
            socket.connection_id,
            seats=self.seats,
            now_ms=self.clock,
        )

    def enter(self, user_id: str) -> str:
        """With a free seat, or the one that they have."""
        connection_id = self.connect(self.secret(user_id))
        assert connection_id is not None
        return connection_id

    def close(self, connection_id: str) -> Closing:
        if self.closing_fails:
            return "failed"
        socket = self.sockets.get(connection_id)
        if socket is None or not socket.is_up:
            return "gone"
        self.drop(connection_id)
        return "closed"

    def drop(self, connection_id: str) -> None:
        """A WebSocket ends; `$disconnect` is told later, or never."""
        self.goodbyes.append(self.sockets.pop(connection_id))

    def disconnect(self, socket: Socket) -> None:
        """`$disconnect`, or a post that found the connection gone."""
        leave_seat(
            AUCTION, socket.user_id, socket.connection_id, seats=self.seats, now_ms=self.clock
        )

    def leave(self, connection_id: str) -> None:
        self.drop(connection_id)
        self.disconnect(self.goodbyes.pop())

    def pass_time(self, ms: int) -> None:
        self.clock.advance(ms)
        for socket in [*self.sockets.values()]:
            if socket.is_up and self.clock() - socket.since_ms >= CONNECTION_LIFETIME_MS:
                self.drop(socket.connection_id)

    def has_seat(self, user_id: str) -> bool:
        try:
            self.renew(user_id)
        except NotFound:
            return False
        return True


class Crowd(Place):
    """Somebody else always is faster."""

    def step(self) -> None:
        room = self.seats.rooms.get(AUCTION, Room())
        self.seats.rooms[AUCTION] = replace(room, taken=room.taken + 1)
