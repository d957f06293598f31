"""Stream records of the auctions table: the event in each, or what to set aside."""

from __future__ import annotations

import base64
import json
from typing import Any

import msgspec

from shared.codec import decode_event
from shared.events import LedgerEntry
from shared.quarantine import SetAside
from websocket_service.adapters.tables import AuctionRow
from websocket_service.adapters.traces import unpack_trace
from websocket_service.logic.relay import StreamRecord

_ID, _SEQ, _EVENT, _STATUS, _PAUSE = (
    AuctionRow.auction_id.attr_name,
    AuctionRow.seq.attr_name,
    AuctionRow.last_event.attr_name,
    AuctionRow.status.attr_name,
    AuctionRow.auto_next_ms.attr_name,
)
LONGEST_PAYLOAD = 100_000
"""Above this the old image is left out, so that the rest fits into a message of SQS."""

_UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, msgspec.DecodeError, RecursionError
)  # fmt: skip


def read_record(record: dict[str, Any]) -> StreamRecord:
    """What a record says. A record whose `seq` did not move (a new connection was counted) or that
    removes the auction holds no event; one that cannot be read is set aside whole."""
    try:
        found = _entry_in(record["dynamodb"])
        next_lot_ms = _pause_in(record["dynamodb"])
    except _UNREADABLE as error:
        return StreamRecord(_sequence_number(record), _set_aside(record, error))
    return StreamRecord(_sequence_number(record), found, _trace_of(record, found), next_lot_ms)


def _entry_in(change: dict[str, Any]) -> LedgerEntry | None:
    new = change.get("NewImage")
    if new is None or new[_SEQ] == change.get("OldImage", {}).get(_SEQ):
        return None
    return LedgerEntry(new[_ID]["S"], int(new[_SEQ]["N"]), decode_event(new[_EVENT]["S"]))


def _pause_in(change: dict[str, Any]) -> int | None:
    """How long after this change a lot comes up by itself."""
    new = change.get("NewImage", {})
    if _PAUSE not in new or new[_STATUS]["S"] != "open":
        return None
    return int(new[_PAUSE]["N"])


def _set_aside(record: dict[str, Any], error: Exception) -> SetAside:
    payload = json.dumps(record)
    if len(payload) > LONGEST_PAYLOAD:
        change = {key: value for key, value in record["dynamodb"].items() if key != "OldImage"}
        payload = json.dumps(record | {"dynamodb": change})
    auction_id = _part(record, "dynamodb", "NewImage", _ID, "S")
    seq = _part(record, "dynamodb", "NewImage", _SEQ, "N")
    return SetAside(
        source="relay",
        origin=f"{record.get('eventSourceARN', '')} record {_sequence_number(record)}",
        reason=f"not an event: {type(error).__name__} {error}",
        payload=payload,
        auction_id=auction_id if isinstance(auction_id, str) else None,
        seq=int(seq) if isinstance(seq, str) and seq.isascii() and seq.isdigit() else None,
    )


def _trace_of(record: dict[str, Any], found: LedgerEntry | None) -> str | None:
    packed = _part(record, "dynamodb", "NewImage", AuctionRow.trace.attr_name, "B")
    if found is None or not isinstance(packed, str):
        return None
    return unpack_trace(base64.b64decode(packed), found.event.at_ms)


def _sequence_number(record: dict[str, Any]) -> str:
    return str(_part(record, "dynamodb", "SequenceNumber") or "")


def _part(of: object, *path: str) -> object:
    """What stands at the path, or None where there is none."""
    for name in path:
        of = of.get(name) if isinstance(of, dict) else None
    return of
