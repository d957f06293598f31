"""A member's role changed, or they were removed: their sockets close, their rights end."""

from typing import Any

from shared.invoke import answer
from shared.live import ChangeMember, MemberChanged
from websocket_service.adapters.catalogue import put_member, remove_member
from websocket_service.logic.connect import disconnect_member
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(request: ChangeMember) -> MemberChanged:
        if request.member is None:
            remove_member(request.auction_id, request.user_id)
        else:
            put_member(request.auction_id, request.member)
        closed = disconnect_member(
            request.auction_id,
            request.user_id,
            connections=c.connections,
            sockets=c.sockets,
        )
        return MemberChanged(closed=closed)

    return answer(event, ChangeMember, serve)
