"""The auctions' stream: each change goes to the ledger and on to the database."""

from typing import Any

from websocket_service.adapters.stream import entries_of
from websocket_service.logic.relay import relay
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    c = container()
    entries = entries_of(event["Records"])
    if entries:
        relay(entries, ledger=c.ledger, outbox=c.outbox, now_ms=c.now_ms)
