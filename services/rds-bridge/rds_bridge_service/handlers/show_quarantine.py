"""A record that was set aside, whole."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.invoke import answer
from shared.quarantine import ShowQuarantine


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, ShowQuarantine, container().quarantine.show)
