"""POST /auctions/{id}/queue, behind the JWT authorizer."""

from typing import Any

from lobby_service.edge import auction_of, caller_of, respond
from lobby_service.logic.stand import join
from lobby_service.wiring import container
from shared.lobby import LineStanding
from shared.logs import http_fields, logging_with


@logging_with(http_fields)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    def serve() -> LineStanding:
        caller = caller_of(event)
        return join(auction_of(event), caller.user_id, caller.name, container().desk)

    return respond(event, serve)
