"""Everybody's account, made anew of what the database has; nothing is kept."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.settlement.settle import settle
from rds_bridge_service.wiring import container
from shared.invoke import answer
from shared.settlement import Settle


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    settlements = container().settlements
    return answer(event, Settle, lambda request: settle(settlements.facts(request.auction_id)))
