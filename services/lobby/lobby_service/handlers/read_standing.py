"""GET /auctions/{id}/queue/me, behind the JWT authorizer."""

from typing import Any

from lobby_service.edge import auction_of, caller_of, respond
from lobby_service.logic.stand import look
from lobby_service.wiring import container
from shared.logs import http_fields, logging_with


@logging_with(http_fields)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return respond(
        event, lambda: look(auction_of(event), caller_of(event).user_id, container().desk)
    )
