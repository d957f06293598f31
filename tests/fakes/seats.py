"""`Seats` in memory: each write under the documented condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from websocket_service.logic.room.seats import Room, Seat, SeatsChange


class MemorySeats:
    """The rooms and seats by auction id.

    Args:
        step: what happens before and after each write.
    """

    def __init__(self, step: Callable[[], None]) -> None:
        self.rooms: dict[str, Room] = {}
        self.rows: dict[str, dict[str, Seat]] = {}
        self._step = step

    def read(self, auction_id: str, user_ids: Sequence[str]) -> tuple[Room | None, dict[str, Seat]]:
        rows = self.rows.get(auction_id, {})
        return self.rooms.get(auction_id), {it: rows[it] for it in user_ids if it in rows}

    def expired(self, auction_id: str, now_ms: int, most: int) -> list[Seat]:
        rows = self.rows.get(auction_id, {}).values()
        over = [seat for seat in rows if not seat.is_held(now_ms)]
        return sorted(over, key=lambda seat: seat.expires_at_ms)[:most]

    def write(self, change: SeatsChange) -> bool:
        self._step()
        is_written = self._write(change)
        self._step()
        return is_written

    def _write(self, change: SeatsChange) -> bool:
        rows = self.rows.setdefault(change.auction_id, {})
        for before, after in change.seats:
            (user_id,) = {seat.user_id for seat in (before, after) if seat is not None}
            if rows.get(user_id) != before:
                return False
        if change.room is not None and self.rooms.get(change.auction_id) != change.room[0]:
            return False
        for before, after in change.seats:
            if after is not None:
                rows[after.user_id] = after
            elif before is not None:
                del rows[before.user_id]
        if change.room is not None:
            self.rooms[change.auction_id] = change.room[1]
        return True
