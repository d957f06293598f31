"""Records of the stream of waiters: who waits for a number, or what to set aside."""

from __future__ import annotations

from typing import Any

import msgspec

from lobby_service.adapters.items import from_item
from lobby_service.logic.ports import Arrival
from shared.fields import Id, TimeMs

_UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, msgspec.DecodeError, RecursionError
)  # fmt: skip


class Unreadable(msgspec.Struct, frozen=True):
    """A record that cannot be read, and why."""

    why: str


class _Joined(msgspec.Struct, frozen=True):
    auction_id: Id
    user_id: Id
    turn: int
    joined_at_ms: TimeMs


def read_record(record: dict[str, Any]) -> Arrival | Unreadable | None:
    """Who waits for a number by this record; None if nobody does."""
    try:
        image = record["dynamodb"].get("NewImage")
        if image is None:
            return None
        values = from_item(image)
        if values["state"] != "waiting" or "number" in values:
            return None
        joined = msgspec.convert(values, _Joined)
    except _UNREADABLE as error:
        return Unreadable(f"not a waiter: {type(error).__name__} {error}")
    return Arrival(joined.auction_id, joined.user_id, joined.turn, joined.joined_at_ms)


def sequence_number(record: dict[str, Any]) -> str:
    """Its place in the stream; empty if it does not say."""
    found = record.get("dynamodb", {})
    return str(found.get("SequenceNumber", "")) if isinstance(found, dict) else ""
