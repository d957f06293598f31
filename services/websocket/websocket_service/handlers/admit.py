"""Letting those in who are next in the line of a public auction."""

from typing import Any

from shared.invoke import answer
from shared.room import Admit, Admitted
from websocket_service.logic.room.admit import admit
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(request: Admit) -> Admitted:
        return admit(request, c.room_desk, c.roll.own_rights, c.auctions.is_closed)

    return answer(event, Admit, serve)
