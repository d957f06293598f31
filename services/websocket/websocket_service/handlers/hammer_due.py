"""A delayed hammer: the lot ends on the server, with no client connected."""

import time
from typing import Any

import msgspec

from websocket_service.adapters.queues import HammerDue
from websocket_service.logic.hammer_due import hammer_due
from websocket_service.publish import publish
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    c = container()
    for record in event["Records"]:
        due = msgspec.json.decode(record["body"], type=HammerDue)
        outcome = hammer_due(due.auction_id, due.lot_id, c.desk, wait=time.sleep)
        if outcome is not None and outcome.entry is not None:
            publish(outcome.entry, outcome.audience, c.broadcaster)
