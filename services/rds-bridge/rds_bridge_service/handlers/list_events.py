"""A page of the ledger as SQL has it."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.bridge import ListEvents
from shared.invoke import answer


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, ListEvents, container().ledger.list_events)
