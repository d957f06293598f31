"""Rows that a canary leaves behind are deleted; nobody else's ever are."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.forgetting import forget_events
from rds_bridge_service.wiring import container
from shared.bridge import ForgetEvents
from shared.invoke import answer


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    ledger = container().ledger
    return answer(event, ForgetEvents, lambda request: forget_events(request, ledger))
