"""placeBid."""

from typing import Any

from shared.commands import PlaceBid
from shared.replies import Reply
from websocket_service.edge import answer_frame, connection_id_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.place_bid import place_bid
from websocket_service.publish import accept
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: PlaceBid, caller: Caller) -> Reply:
        outcome = place_bid(
            command, caller, auctions=c.auctions, rules_book=c.rules_book, now_ms=c.now_ms
        )
        return accept(command, outcome, c.broadcaster, connection_id_of(event))

    return answer_frame(event, PlaceBid, serve)
