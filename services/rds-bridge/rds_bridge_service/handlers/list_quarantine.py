"""What was set aside and waits."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.invoke import answer
from shared.quarantine import ListQuarantine


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, ListQuarantine, container().quarantine.list)
