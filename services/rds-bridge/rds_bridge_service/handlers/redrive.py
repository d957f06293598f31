"""A record out of quarantine, once what was wrong with it is mended."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.redriving import redrive
from rds_bridge_service.measures import count_waiting
from rds_bridge_service.wiring import container
from shared.clock import now_ms
from shared.invoke import answer
from shared.quarantine import Redrive


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    answered = answer(event, Redrive, lambda it: redrive(it, c.quarantine, c.ledger, now_ms()))
    count_waiting(c.quarantine.waiting())
    return answered
