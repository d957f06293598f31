"""Every minute: what a request has left for the live auction and could not send."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.metrics import emit


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, int]:
    sent, waiting = container().notices.send()
    if waiting:
        emit({"NoticesWait": waiting})
    return {"sent": sent, "waiting": waiting}
