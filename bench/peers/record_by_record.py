"""Ledger entries to SQL as the published DynamoDB-to-RDS consumer brings them: a connection for
each batch, and in it one statement and one commit after the other.

There each record is one row. Here a record may be several, the event's and what follows from it; so
there are two readings of "a commit for each record": after each row, or after all rows of an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Insert, Update, insert, make_url, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.logic.ledger_rows import bids_of, latest_sales_of, latest_statuses_of
from shared.codec import decode_entry, encode
from shared.events import LedgerEntry


class RecordByRecord:
    """A consumer of batches; its connections are the bridge's own kind, with the same settings.

    Args:
        commit_each: after each statement; else after all of a record's.
    """

    def __init__(self, url: str, *, commit_each: bool) -> None:
        self._engine = open_database(make_url(url))
        self._commit_each = commit_each

    def deliver(self, records: Sequence[dict[str, Any]]) -> None:
        """Write a batch; it has to be new."""
        with self._engine.connect() as connection:
            for record in records:
                self._write(connection, decode_entry(record["body"]))
                connection.commit()
        self._engine.dispose()  # the connection was for this batch

    def _write(self, connection: Connection, entry: LedgerEntry) -> None:
        event = entry.event
        self._execute(
            connection,
            insert(t.auction_event).values(
                auction_id=entry.auction_id,
                seq=entry.seq,
                type=event.__struct_config__.tag,
                at_ms=event.at_ms,
                actor=event.actor,
                request_id=event.request_id,
                body=encode(event).decode(),
            ),
        )
        for bid in bids_of([entry]):
            self._execute(connection, insert(t.bid).values(msgspec.structs.asdict(bid)))
        for sale in latest_sales_of([entry]):
            row = msgspec.structs.asdict(sale)
            this_lot = (t.sale.c.auction_id == sale.auction_id) & (t.sale.c.lot_id == sale.lot_id)
            if self._execute(connection, update(t.sale).where(this_lot).values(row)) == 0:
                self._execute(connection, insert(t.sale).values(row))
        for it in latest_statuses_of([entry]):
            this_auction = t.auction.c.auction_id == it.auction_id
            status = {"status": it.status, "status_seq": it.seq}
            self._execute(connection, update(t.auction).where(this_auction).values(status))

    def _execute(self, connection: Connection, statement: Insert | Update) -> int:
        """How many rows a statement wrote."""
        done = connection.execute(statement)
        if self._commit_each:
            connection.commit()
        return done.rowcount
