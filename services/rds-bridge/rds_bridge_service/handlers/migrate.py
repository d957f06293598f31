"""The schema's newest revision, brought in by a deploy: the database has no public address."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.wiring import container
from shared.bridge import Migrate
from shared.invoke import answer


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return answer(event, Migrate, lambda _: container().migrate())
