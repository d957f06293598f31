"""The ledger: every event in its place."""

from __future__ import annotations

from itertools import islice

from shared.codec import decode_event
from shared.events import LedgerEntry
from websocket_service.adapters.live import LiveTables


class DynamoLedger:
    """`Ledger` on DynamoDB."""

    def __init__(self, tables: LiveTables) -> None:
        self._ledger = tables.ledger

    def events(self, auction_id: str, after_seq: int, limit: int) -> list[LedgerEntry]:
        rows = self._ledger.query(
            "#auction_id = :auction AND #seq > :seq",
            {"auction": auction_id, "seq": after_seq},
            Limit=limit,
        )
        return [
            LedgerEntry(auction_id, row["seq"], decode_event(row["event"]))
            for row in islice(rows, limit)
        ]
