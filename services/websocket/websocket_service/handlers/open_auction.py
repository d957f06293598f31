"""openAuction: the only command that needs the database."""

from typing import Any

from shared.commands import OpenAuction
from shared.replies import Reply
from websocket_service.edge import answer_frame
from websocket_service.events import connection_id_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.open_auction import open_auction
from websocket_service.publish import accept
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: OpenAuction, caller: Caller) -> Reply:
        outcome = open_auction(
            command,
            caller,
            auctions=c.auctions,
            opening=c.opening,
            bridge=c.bridge,
            settings=c.settings(),
            now_ms=c.now_ms,
        )
        return accept(command, outcome, c.broadcaster, connection_id_of(event))

    return answer_frame(event, OpenAuction, serve, max_bytes=c.settings().message_max_bytes)
