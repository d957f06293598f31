"""Every command that is read, decided and written (`logic/decide.py`): they share one role, so they
share one function."""

from typing import Any, get_args

from shared.replies import Reply
from websocket_service.edge import answer_frame
from websocket_service.events import connection_id_of
from websocket_service.logic.authority import Caller
from websocket_service.logic.decide import Decided
from websocket_service.logic.run_command import run_command
from websocket_service.publish import accept
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()

    def serve(command: Decided, caller: Caller) -> Reply:
        outcome = run_command(command, caller, c.desk)
        return accept(command, outcome, c.broadcaster, connection_id_of(event))

    return answer_frame(event, get_args(Decided), serve, max_bytes=c.settings().message_max_bytes)
