"""$default: whatever is no action is refused with a code, and the connection stays."""

from typing import Any

from websocket_service.edge import answer_frame


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer_frame(event, (), _never)


def _never(command: object, caller: object) -> Any:
    raise AssertionError("no command is accepted here")
