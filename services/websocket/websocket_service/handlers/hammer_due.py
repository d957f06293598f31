"""What is due: a lot ends, or the next one comes up, on the server, with no client connected."""

import time
from typing import Any

import msgspec

from shared.logs import log_fields
from websocket_service.adapters.queues import HammerDue, NextLotDue
from websocket_service.logic.hammer_due import hammer_due, next_lot_due
from websocket_service.logic.outcome import Outcome
from websocket_service.measures import count_hammer
from websocket_service.publish import publish
from websocket_service.wiring import Container, container


def handler(event: dict[str, Any], context: object) -> None:
    c = container()
    for record in event["Records"]:
        due = msgspec.json.decode(record["body"], type=HammerDue | NextLotDue)
        with log_fields(auction_id=due.auction_id):
            outcome = _do(due, c)
            if outcome is not None and outcome.entry is not None:
                publish(outcome.entry, outcome.audience, c.broadcaster)


def _do(due: HammerDue | NextLotDue, c: Container) -> Outcome | None:
    match due:
        case HammerDue():
            outcome = hammer_due(due.auction_id, due.lot_id, c.desk, wait=time.sleep)
            if outcome is not None and outcome.entry is not None:
                count_hammer(due.auction_id, outcome.entry.event.at_ms - due.deadline_ms)
            return outcome
        case NextLotDue():
            return next_lot_due(due.auction_id, due.seq, due.due_ms, c.desk, wait=time.sleep)
