"""$default: whatever is no action is refused with a code, and the connection stays."""

from typing import Any

from websocket_service.edge import refuse_frame


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return refuse_frame(event)
