"""What the room needs of the world; `adapters/` offers it, and tests offer it in memory."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

import msgspec

from shared.settings import Settings
from websocket_service.logic.ports import Tickets
from websocket_service.logic.room.seats import Room, Seat, SeatsChange

ATTEMPTS = 10
"""How often a change of seats is decided anew when others are faster."""

LONGEST_WAIT_S = 0.3

Closing = Literal["closed", "gone", "failed"]
"""What came of closing a connection; `gone` is also said of one that is not up yet."""


class Seats(Protocol):
    """The rooms and their seats."""

    def read(self, auction_id: str, user_ids: Sequence[str]) -> tuple[Room | None, dict[str, Seat]]:
        """The room, None if the auction never was public, and the seats that the users have."""
        ...

    def expired(self, auction_id: str, now_ms: int, most: int) -> list[Seat]:
        """Seats that are nobody's any more, the longest first, at most so many."""
        ...

    def write(self, change: SeatsChange) -> bool:
        """All of it if every row still is what was read; else nothing, and False."""
        ...


class RoomDesk(msgspec.Struct, frozen=True):
    """What is needed to hand out seats."""

    seats: Seats
    tickets: Tickets
    close: Callable[[str], Closing]
    settings: Callable[[], Settings]
    now_ms: Callable[[], int]
    wait: Callable[[float], None] = time.sleep

    def attempts(self) -> Iterator[None]:
        """One turn for each attempt, with a pause before all but the first: a crowd that met on
        the room's row should not meet again."""
        yield
        for attempt in range(1, ATTEMPTS):
            self.wait(random.uniform(0, min(LONGEST_WAIT_S, 0.01 * 2**attempt)))  # noqa: S311 - jitter
            yield
