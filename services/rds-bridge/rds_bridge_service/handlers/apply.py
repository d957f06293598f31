"""A batch of the apply queue into the database."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.logic.applying import QueuedMessage, apply_messages
from rds_bridge_service.wiring import container
from shared.logs import logger


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    messages = [
        QueuedMessage(
            message_id=record["messageId"],
            group=record["attributes"]["MessageGroupId"],
            body=record["body"],
        )
        for record in event["Records"]
    ]
    failures = apply_messages(messages, container().ledger)
    for failure in failures:
        logger().error(
            "not applied", extra={"message_id": failure.message_id, "reason": failure.reason}
        )
    return {"batchItemFailures": [{"itemIdentifier": it.message_id} for it in failures]}
