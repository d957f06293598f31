"""Stream records of the auctions table, as ledger entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shared.codec import decode_event
from shared.events import LedgerEntry
from websocket_service.adapters.tables import AuctionRow

_ID, _SEQ, _EVENT = (
    AuctionRow.auction_id.attr_name,
    AuctionRow.seq.attr_name,
    AuctionRow.last_event.attr_name,
)


def entries_of(records: Iterable[dict[str, Any]]) -> list[LedgerEntry]:
    """The events in some records, in their order. A record whose `seq` did not move (a new
    connection was counted) or that removes the auction holds no event."""
    entries = []
    for record in records:
        new = record["dynamodb"].get("NewImage")
        old = record["dynamodb"].get("OldImage", {})
        if new is not None and new[_SEQ] != old.get(_SEQ):
            entries.append(
                LedgerEntry(new[_ID]["S"], int(new[_SEQ]["N"]), decode_event(new[_EVENT]["S"]))
            )
    return entries
