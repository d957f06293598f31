"""The leagues' HTTP API, behind the JWT authorizer: every route of `logic.leagues.operations`."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.api.respond import respond
from rds_bridge_service.wiring import container
from shared.logs import http_fields, logging_with


@logging_with(http_fields)
@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    return respond(event, c, c.notices.send)
