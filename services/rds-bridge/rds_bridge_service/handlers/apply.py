"""A batch of the apply queue into the database."""

from typing import Any

from rds_bridge_service.adapters.patience import within_its_time
from rds_bridge_service.adapters.queue import messages_of
from rds_bridge_service.logic.applying import apply_messages
from rds_bridge_service.measures import count_applied, count_waiting
from rds_bridge_service.wiring import container
from shared.clock import now_ms
from shared.logs import logger
from shared.tracing import add_to_trace


@within_its_time
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    began_ms = now_ms()
    messages = messages_of(event["Records"])
    try:
        applied = apply_messages(messages, container().ledger)
    except Exception:
        places = [f"{it.group} {it.seq}" for it in messages]
        logger().exception("batch not applied", extra={"places": places})
        raise
    for written in applied.written:
        logger().info("applied", extra=written.entry.ids())
        add_to_trace(written.trace, "apply", began_ms, written.entry.ids())
    for it in applied.set_aside:
        about = {"auction_id": it.auction_id, "seq": it.seq, "origin": it.origin}
        logger().error("set aside", extra={"quarantine_id": it.quarantine_id, **about})
    for failure in applied.failures:
        about = {"message_id": failure.message_id, "reason": failure.reason}
        logger().error("not applied", extra={**failure.entry.ids(), **about})
    count_applied(applied)
    if applied.set_aside:
        count_waiting(container().quarantine.waiting())
    return {"batchItemFailures": [{"itemIdentifier": it.message_id} for it in applied.failures]}
