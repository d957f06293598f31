"""The end of a public auction's room."""

from typing import Any

from shared.invoke import answer
from shared.room import CloseRoom, RoomClosed
from websocket_service.logic.room.close_room import close_room
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    def serve(request: CloseRoom) -> RoomClosed:
        return close_room(request, container().room_desk)

    return answer(event, CloseRoom, serve)
