"""What was set aside, and the way back: through the bridge, or through the relay and then it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from calcutta.bridge import Bridge
from calcutta.problems import Problem
from calcutta.stages import Stage
from calcutta.sync.places import invoke_with
from shared.quarantine import Quarantined, Redrive, Redriven

POLL_S = 0.5

Place = tuple[str | None, int | None]
"""Auction and seq, as far as a record says them."""


def ledger_length(stage: Stage, auction_id: str) -> int:
    """How many events the ledger has, without reading them."""
    pages = (
        stage.client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=stage.output("websocket", "LedgerTableName"),
            KeyConditionExpression="auction_id = :id",
            ExpressionAttributeValues={":id": {"S": auction_id}},
            ConsistentRead=True,
            Select="COUNT",
        )
    )
    return sum(int(page["Count"]) for page in pages)


def redrive(stage: Stage, quarantine_id: str, payload: str | None, wait_s: float) -> Redriven:
    """Bring a record back, as it was or repaired; what the relay had set aside goes through the
    relay again, and has `wait_s` seconds to arrive in the database."""
    bridge = Bridge(stage)
    record = bridge.show_quarantine(quarantine_id)
    if record.source == "apply":
        return bridge.redrive(Redrive(quarantine_id, payload=payload))
    stream_record = _parsed(record.payload if payload is None else payload)
    invoke_with(stage, "RelayEventsLiveArn", [stream_record])
    auction_id, seq = place_of(stream_record)
    looked_for = Redrive(quarantine_id, auction_id=auction_id, seq=seq)
    return _until_applied(bridge, looked_for, wait_s)


def place_of(stream_record: Any) -> Place:
    """Where the event of a stream record belongs, as far as the record says."""
    image = stream_record.get("dynamodb", {}).get("NewImage", {})
    seq = image.get("n", {}).get("N")
    return image.get("id", {}).get("S"), None if seq is None else int(seq)


def _parsed(payload: str) -> Any:
    try:
        record = json.loads(payload)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        raise Problem("a record of the stream is one JSON object; see calcutta sync show")
    return record


def _until_applied(bridge: Bridge, request: Redrive, wait_s: float) -> Redriven:
    give_up_at = time.monotonic() + wait_s
    while True:
        redriven = bridge.redrive(request)
        if redriven.applied or time.monotonic() >= give_up_at:
            return redriven
        time.sleep(POLL_S)


def rows_of(records: tuple[Quarantined, ...]) -> Iterator[tuple[str, ...]]:
    """The rows of a table of them."""
    for it in records:
        seq = "" if it.seq is None else str(it.seq)
        state = "waits" if it.redriven_ms is None else "redriven"
        yield it.quarantine_id, it.source, it.auction_id or "", seq, state, it.reason
