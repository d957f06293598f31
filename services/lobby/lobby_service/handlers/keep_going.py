"""Every minute: a window every five seconds for each line in which somebody waits, so that they
come in when seats come free; and for each whose doors are to open."""

from typing import Any

from lobby_service.adapters.queues import A_MINUTE
from lobby_service.measures import count_waiting
from lobby_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    c = container()
    lines = c.lines.running()
    moving = [it.auction_id for it in lines if it.needs_windows(c.now_ms(), A_MINUTE.stop * 1000)]
    c.windows.send(moving, A_MINUTE)
    count_waiting(lines)
