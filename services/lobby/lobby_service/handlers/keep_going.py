"""Every minute: a window every five seconds for each line in which somebody waits, so that they
come in when seats come free; and for each whose doors are to open. Then a look at who waits."""

from typing import Any

from lobby_service.adapters.queues import A_MINUTE
from lobby_service.logic.watch import watch
from lobby_service.measures import count_waiting, count_watched
from lobby_service.wiring import container
from shared.logs import log_fields, logger


def handler(event: dict[str, Any], context: object) -> None:
    c = container()
    lines = c.lines.running()
    moving = [it.auction_id for it in lines if it.needs_windows(c.now_ms(), A_MINUTE.stop * 1000)]
    # First of all: what is only looked at must not hold it up.
    c.windows.send(moving, A_MINUTE)
    count_waiting(lines)
    for line in lines:
        with log_fields(auction_id=line.auction_id):
            try:
                count_watched(line.auction_id, watch(line, c.window))
            except Exception:  # noqa: BLE001 - logged whole; the other lines are looked at
                logger().exception("line not watched")
