"""The room's functions, as whoever invokes them meets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import msgspec

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

CLAIM_MS = 60_000


class FakeRoom:
    """Lambda's client, which knows `admit`, `renew_ticket` and `close_room`.

    Attributes:
        seats: how many there are.
        taken: who has one, and until when; None: as long as they stay.
        admits: every request to admit.
        fails: whether the room cannot be asked at all.
        most: the most seats that were taken at once.
    """

    def __init__(self, seats: int, now_ms: Callable[[], int]) -> None:
        self.seats = seats
        self.now_ms = now_ms
        self.taken: dict[str, int | None] = {}
        self.admits: list[Admit] = []
        self.refuses: set[str] = set()
        self.fails = False
        self.is_public = True
        self.most = 0

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
        now_ms = self.now_ms()
        expired = [u for u, until_ms in self.taken.items() if until_ms and until_ms <= now_ms]
        for user_id in expired:
            del self.taken[user_id]
        seated = []
        for user in request.users:
            if user.user_id not in self.taken:
                if len(self.taken) >= self.seats:
                    break
                self.taken[user.user_id] = now_ms + CLAIM_MS
            seated.append(user.user_id)
        self.most = max(self.most, len(self.taken))
        return Admitted(tuple(seated), tuple(expired), self.seats - len(self.taken))

    def _renew(self, request: RenewTicket) -> SeatTicket:
        if request.user_id not in self.taken:
            raise NotFound("there is no seat")
        return SeatTicket(f"ticket-of-{request.user_id}", self.now_ms() + 30_000)

    def _close(self, request: CloseRoom) -> RoomClosed:
        self.is_public = False
        return RoomClosed(len(self.taken))
