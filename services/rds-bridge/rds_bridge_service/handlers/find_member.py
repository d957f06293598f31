"""Which member of an auction's league a user is."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.bridge import FindMember
from shared.invoke import answer


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, FindMember, container().auctions.find_member)
