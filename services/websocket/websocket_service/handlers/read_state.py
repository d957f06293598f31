"""getState, whoIsHere and ping: they only read."""

from typing import Any

from shared.commands import GetState, Ping, WhoIsHere
from shared.replies import Reply
from websocket_service.edge import answer_frame
from websocket_service.logic.authority import Caller
from websocket_service.logic.read_state import get_state, ping, who_is_here
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: GetState | WhoIsHere | Ping, caller: Caller) -> Reply:
        match command:
            case GetState():
                return get_state(command, caller, c.reader)
            case WhoIsHere():
                return who_is_here(command, caller, c.reader)
            case Ping():
                return ping(command, caller, c.reader)

    return answer_frame(
        event, (GetState, WhoIsHere, Ping), serve, max_bytes=c.settings().message_max_bytes
    )
