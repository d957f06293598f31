"""The auctions' stream: each change goes to the ledger and on to the database."""

from typing import Any

from shared.events import LedgerEntry
from shared.logs import logger
from shared.tracing import add_to_trace
from websocket_service.adapters.stream import read_record
from websocket_service.logic.relay import RelayStopped, relay
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    began_ms = c.now_ms()
    records = [read_record(it) for it in event["Records"]]
    try:
        relay(records, ledger=c.ledger_writer, outbox=c.outbox, now_ms=c.now_ms)
    except RelayStopped as stopped:
        logger().exception("not relayed", extra={"sequence_number": stopped.sequence_number})
        return {"batchItemFailures": [{"itemIdentifier": stopped.sequence_number}]}
    for record in records:
        if isinstance(record.found, LedgerEntry):
            add_to_trace(record.trace, "relay", began_ms, record.found.ids())
    return {"batchItemFailures": []}
