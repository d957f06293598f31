"""The waiters' stream: who joined gets a number, and a window is made for them."""

import random
import time
from collections.abc import Sequence
from typing import Any

from lobby_service.adapters.stream import read_record
from lobby_service.logic.batch import line_up_batch
from lobby_service.logic.line_up import line_up
from lobby_service.logic.ports import Arrival
from lobby_service.wiring import container

LONGEST_WAIT_S = 0.05


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """From the first record on that is not done with, all come again: who has a number keeps it."""
    c = container()
    records = [read_record(it) for it in event["Records"]]
    outcome = line_up_batch(records, _line_up, c.now_ms())
    for it in outcome.aside:
        c.set_asides.put(it.origin, it.reason, it.payload)
    if outcome.again is None:
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": outcome.again.sequence_number}]}


def _line_up(auction_id: str, arrivals: Sequence[Arrival]) -> None:
    c = container()
    line_up(auction_id, arrivals, lines=c.lines, numbers=c.numbers, wait=_wait)
    # Also if all had their numbers: it may be this that failed before.
    c.windows.send([auction_id])


def _wait(attempt: int) -> None:
    time.sleep(random.uniform(0, LONGEST_WAIT_S))  # noqa: S311 - to miss each other
