"""Records of the stream of waiters: who waits for a number by them, or what to set aside."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from lobby_service.adapters.items import from_item
from lobby_service.logic.batch import StreamRecord, Unreadable
from lobby_service.logic.ports import Arrival
from shared.fields import Id, TimeMs

_UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, msgspec.DecodeError, RecursionError
)  # fmt: skip


class _Joined(msgspec.Struct, frozen=True):
    auction_id: Id
    user_id: Id
    turn: int
    joined_at_ms: TimeMs


def read_record(record: dict[str, Any]) -> StreamRecord:
    """What the record says."""
    found = record.get("dynamodb")
    change = found if isinstance(found, dict) else {}
    at_s = change.get("ApproximateCreationDateTime")
    return StreamRecord(
        origin=f"{record.get('eventSourceARN', '')} record {change.get('SequenceNumber', '')}",
        sequence_number=str(change.get("SequenceNumber", "")),
        at_ms=int(at_s * 1000) if isinstance(at_s, int | float) else None,
        found=_found(record),
    )


def _found(record: dict[str, Any]) -> Arrival | Unreadable | None:
    try:
        image = record["dynamodb"].get("NewImage")
        if image is None:
            return None
        values = from_item(image)
        if values["state"] != "waiting" or "number" in values:
            return None
        joined = msgspec.convert(values, _Joined)
    except _UNREADABLE as error:
        why = f"not a waiter: {type(error).__name__} {error}"
        return Unreadable(why, json.dumps(record))
    return Arrival(joined.auction_id, joined.user_id, joined.turn, joined.joined_at_ms)
