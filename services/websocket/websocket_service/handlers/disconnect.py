"""$disconnect: this connection only; the member may have others."""

from typing import Any

from shared.logs import logging_with
from websocket_service.events import (
    caller_of,
    claim_of,
    connection_id_of,
    is_frame,
    sender_of,
)
from websocket_service.wiring import container


@logging_with(sender_of)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if is_frame(event):
        # only whoever tries it pays for all the messages
        from websocket_service.edge import refuse_frame

        return refuse_frame(event)
    c, caller = container(), caller_of(event)
    if claim_of(event):
        c.leave_seat(caller.auction_id, caller.user_id, connection_id_of(event))
    c.connections.remove(caller.auction_id, connection_id_of(event))
    return {"statusCode": 200}
