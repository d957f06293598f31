"""The waiters' stream: who joined gets a number, and a window is made for them."""

import json
import random
import time
from typing import Any

from lobby_service.adapters.stream import Unreadable, read_record, sequence_number
from lobby_service.logic.line_up import arrivals_of, line_up
from lobby_service.logic.ports import Arrival
from lobby_service.wiring import container
from shared.logs import logger

LONGEST_WAIT_S = 0.05


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """All of a batch again if something behind it failed: who has a number by then keeps it."""
    records = event["Records"]
    try:
        _line_up(records)
    except Exception:  # noqa: BLE001 - logged whole; the stream delivers the batch again
        logger().exception("not numbered")
        return {"batchItemFailures": [{"itemIdentifier": sequence_number(records[0])}]}
    return {"batchItemFailures": []}


def _line_up(records: list[dict[str, Any]]) -> None:
    c = container()
    found = [(record, read_record(record)) for record in records]
    for record, it in found:
        if isinstance(it, Unreadable):
            origin = f"{record.get('eventSourceARN', '')} record {sequence_number(record)}"
            c.set_asides.put(origin, it.why, json.dumps(record))
    failed: list[Exception] = []
    by_auction = arrivals_of([it for _, it in found if isinstance(it, Arrival)])
    for auction_id, arrivals in by_auction.items():
        try:
            line_up(auction_id, arrivals, lines=c.lines, numbers=c.numbers, wait=_wait)
            # Also if all had their numbers: it may be this that failed before.
            c.windows.send([auction_id])
        except Exception as error:  # noqa: BLE001 - one line that fails must not stop others
            failed.append(error)
    if failed:
        raise ExceptionGroup("lines that fail", failed)


def _wait(attempt: int) -> None:
    time.sleep(random.uniform(0, LONGEST_WAIT_S))  # noqa: S311 - to miss each other
