"""placeBid."""

from typing import Any

from shared.commands import PlaceBid
from shared.replies import Reply
from websocket_service.adapters import (  # noqa: F401 - a starting container has CPU to spare
    auctions,
    connections,
    rules_book,
    sockets,
)
from websocket_service.edge import answer_frame
from websocket_service.events import connection_id_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.measures import measured_bid
from websocket_service.publish import accept
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: PlaceBid, caller: Caller) -> Reply:
        def decide() -> Outcome:
            return place_bid(
                command,
                caller,
                auctions=c.auctions,
                rules_book=c.rules_book,
                members=lambda auction_id: c.catalogue.members(auction_id),
                now_ms=c.now_ms,
            )

        outcome = measured_bid(caller.auction_id, decide)
        return accept(command, outcome, c.broadcaster, connection_id_of(event))

    return answer_frame(event, PlaceBid, serve)
