"""The ledger: every event in its place."""

from __future__ import annotations

from collections.abc import Sequence

from shared.codec import decode_event, encode
from shared.events import LedgerEntry
from shared.synthetic import is_synthetic
from websocket_service.adapters.tables import LedgerRow

SYNTHETIC_KEPT_S = 24 * 60 * 60
"""What happened in a synthetic auction goes by the table's time to live."""


class DynamoLedger:
    """`Ledger` on DynamoDB."""

    def events(self, auction_id: str, after_seq: int, limit: int) -> list[LedgerEntry]:
        rows = LedgerRow.query(
            auction_id, LedgerRow.seq > after_seq, consistent_read=True, limit=limit
        )
        return [LedgerEntry(auction_id, int(row.seq), decode_event(row.event)) for row in rows]

    def append(self, entries: Sequence[LedgerEntry]) -> None:
        """Idempotent: an event that is there is written again as it is."""
        with LedgerRow.batch_write() as batch:
            for entry in entries:
                batch.save(_row(entry))


def _row(entry: LedgerEntry) -> LedgerRow:
    row = LedgerRow(entry.auction_id, entry.seq, event=encode(entry.event).decode())
    if is_synthetic(entry.auction_id):
        row.expires_at = entry.event.at_ms // 1000 + SYNTHETIC_KEPT_S
    return row
