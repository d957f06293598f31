"""GET /auctions/{id}/queue/serving, for everybody, cached for a second by whoever is between."""

from typing import Any

from lobby_service.edge import FOR_A_SECOND, auction_of, respond
from lobby_service.logic.standing import serving
from lobby_service.wiring import container
from shared.errors import NotFound
from shared.lobby import Serving
from shared.logs import http_fields, logging_with


@logging_with(http_fields)
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    def serve() -> Serving:
        c = container()
        line = c.line_of(auction_of(event))
        if line is None:
            raise NotFound("this auction has no line")
        return serving(line, c.now_ms(), c.settings().seat_claim_ms)

    return respond(event, serve, FOR_A_SECOND)
