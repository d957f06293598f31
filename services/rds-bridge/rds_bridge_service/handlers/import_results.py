"""A results file becomes the games of an auction's tournament, instead of those there were."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.settlement.importing import import_results
from rds_bridge_service.wiring import container
from shared.invoke import answer
from shared.settlement import ImportResults


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    settlements = container().settlements
    return answer(event, ImportResults, lambda request: import_results(request, settlements))
