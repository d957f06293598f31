"""The room's functions, as whoever invokes them meets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from shared.errors import InvalidMessage, NotFound
from shared.invoke import answer
from shared.room import (
    Admit,
    Admitted,
    CloseRoom,
    RenewTicket,
    RoomClosed,
    SeatTicket,
)
from shared.settings import Settings
from tests.fakes.connections import MemoryTickets
from tests.fakes.seats import MemorySeats
from websocket_service.logic.room.admit import admit
from websocket_service.logic.room.close_room import close_room
from websocket_service.logic.room.ports import RoomDesk
from websocket_service.logic.room.seats import Room, Seat

CLAIM_MS = 60_000


class FakeRoom:
    """Lambda's client, which knows `admit`, `renew_ticket` and `close_room`: the service's own
    rules, on seats in memory.

    Attributes:
        seats: how many there are.
        admits: every request to admit.
        refuses: users whom it takes for invalid.
        fails: whether the room cannot be asked at all.
        is_over: whether the auction was closed.
        most: the most seats that were taken at once.
    """

    def __init__(self, seats: int, now_ms: Callable[[], int]) -> None:
        self.seats = seats
        self.now_ms = now_ms
        self.admits: list[Admit] = []
        self.refuses: set[str] = set()
        self.fails = False
        self.is_over = False
        self.most = 0
        self._rows = MemorySeats(lambda: None)

    @property
    def taken(self) -> dict[str, int]:
        """Who has a seat, and until when."""
        rows = {user: seat for rows in self._rows.rows.values() for user, seat in rows.items()}
        return {user: seat.expires_at_ms for user, seat in rows.items()}

    @taken.setter
    def taken(self, until_ms: Mapping[str, int]) -> None:
        for auction_id, rows in self._rows.rows.items():
            kept = {it: replace(rows[it], expires_at_ms=until_ms[it]) for it in until_ms}
            self._rows.rows[auction_id] = kept
            room = self._rows.rooms[auction_id]
            self._rows.rooms[auction_id] = replace(room, taken=len(kept))

    @property
    def is_public(self) -> bool:
        return any(room.is_open for room in self._rows.rooms.values())

    def room(self, auction_id: str) -> Room:
        return self._rows.rooms[auction_id]

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        if self.fails:
            return {"FunctionError": "Unhandled", "Payload": io.BytesIO(b"{}")}
        payload = json.loads(Payload)
        match FunctionName:
            case "admit":
                said = answer(payload, Admit, self._admit)
            case "renew_ticket":
                said = answer(payload, RenewTicket, self._renew)
            case "close_room":
                said = answer(payload, CloseRoom, self._close)
            case _:
                raise AssertionError(FunctionName)
        return {"Payload": io.BytesIO(msgspec.json.encode(said))}

    def _admit(self, request: Admit) -> Admitted:
        if any(it.user_id in self.refuses for it in request.users):
            raise InvalidMessage("this user cannot be seated")
        self.admits.append(request)
        admitted = admit(request, self._desk, lambda *_: frozenset(), lambda _: self.is_over)
        self.most = max(self.most, len(self.taken))
        return admitted

    def _renew(self, request: RenewTicket) -> SeatTicket:
        seat = self._seat(request)
        if seat is None or not seat.is_held(self.now_ms()):
            raise NotFound("there is no seat")
        return SeatTicket(f"ticket-of-{request.user_id}", self.now_ms() + 30_000)

    def _seat(self, request: RenewTicket) -> Seat | None:
        return self._rows.rows.get(request.auction_id, {}).get(request.user_id)

    def _close(self, request: CloseRoom) -> RoomClosed:
        return close_room(request, self._desk)

    @property
    def _desk(self) -> RoomDesk:
        return RoomDesk(
            seats=self._rows,
            tickets=MemoryTickets(),
            close=lambda _: "closed",
            settings=lambda: Settings(seats=self.seats, seat_claim_ms=CLAIM_MS),
            now_ms=self.now_ms,
            wait=lambda _: None,
        )
