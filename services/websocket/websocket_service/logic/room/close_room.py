"""The end of a public auction's room."""

from __future__ import annotations

from msgspec.structs import replace

from shared.errors import Busy
from shared.room import CloseRoom, RoomClosed
from websocket_service.logic.room.ports import RoomDesk
from websocket_service.logic.room.seats import Room, SeatsChange


def close_room(request: CloseRoom, desk: RoomDesk) -> RoomClosed:
    """Seat nobody any more; a room that nobody was admitted to yet stays closed as well. One
    whose line was opened again since stays open.

    Raises:
        Busy: others were faster each time; the same request may be sent again.
    """
    for _ in desk.attempts():
        room, _seats = desk.seats.read(request.auction_id, ())
        there = room or Room()
        if request.opened_at_ms < there.opened_at_ms:
            return RoomClosed(taken=there.taken)
        closed = replace(there, is_open=False, waiting=0, opened_at_ms=request.opened_at_ms)
        change = SeatsChange(request.auction_id, room=(room, closed))
        if closed == room or desk.seats.write(change):
            return RoomClosed(taken=closed.taken)
    raise Busy("too many come and go at once; try again")
