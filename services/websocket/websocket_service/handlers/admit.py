"""Letting those in who are next in the line of a public auction."""

from typing import Any

from shared.invoke import answer
from shared.room import Admit, Admitted
from websocket_service.adapters.members import own_rights
from websocket_service.logic.room.admit import admit
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    def serve(request: Admit) -> Admitted:
        return admit(request, container().room_desk, own_rights)

    return answer(event, Admit, serve)
