"""Two files become a tournament, a league and its auction."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.importing import import_league
from rds_bridge_service.wiring import container
from shared.bridge import ImportLeague
from shared.invoke import answer


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    leagues = container().leagues
    return answer(event, ImportLeague, lambda request: import_league(request, leagues))
