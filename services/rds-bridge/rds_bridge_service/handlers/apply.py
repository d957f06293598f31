"""A batch of the apply queue into the database."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.adapters.queue import messages_of
from rds_bridge_service.logic.applying import apply_messages
from rds_bridge_service.wiring import container
from shared.logs import logger


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    applied = apply_messages(messages_of(event["Records"]), container().ledger)
    for it in applied.set_aside:
        logger().error("set aside", extra={"quarantine_id": it.quarantine_id, "origin": it.origin})
    for failure in applied.failures:
        logger().error(
            "not applied", extra={"message_id": failure.message_id, "reason": failure.reason}
        )
    return {"batchItemFailures": [{"itemIdentifier": it.message_id} for it in applied.failures]}
