"""What nobody waits for is written through PynamoDB's models: an auction's rows when it is opened,
its ledger, and what `followLeagues` is told of members.

A member's row is never replaced by an older word: opening writes what the database said before it,
while `followLeagues` writes what was changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from pynamodb.exceptions import PutError
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from shared.auction import Lot, Rules
from shared.bridge import AuctionProjection, MemberNow
from shared.codec import encode
from shared.events import LedgerEntry
from shared.synthetic import is_synthetic
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.tables import LedgerRow, LotRow, MemberRow

WRITERS = 8
"""Rows that are written at once when an auction is opened: there may be 376."""

SYNTHETIC_KEPT_S = 24 * 60 * 60
"""What happened in a synthetic auction goes by the table's time to live."""


class DynamoOpening:
    """`Opening` on DynamoDB."""

    def __init__(self, rules_book: DynamoRulesBook) -> None:
        self._rules_book = rules_book

    def write(self, auction: AuctionProjection, rules: Rules) -> None:
        """Safe to repeat at any time, also by an opening that comes too late: what the database
        said since of members and rules, and lots that have moved, stay."""
        auction_id = auction.auction_id
        with ThreadPoolExecutor(WRITERS) as writers:
            everyone = (*auction.members, *auction.former)
            members = writers.map(lambda it: _put_member(auction_id, it), everyone)
            lots = writers.map(lambda it: _put_new_lot(auction_id, it), auction.lots)
            for _ in chain(members, lots):
                pass  # raises what a writer raised
        self._rules_book.add(auction_id, rules, auction.title)


class DynamoLedgerWriter:
    """`LedgerWriter` on DynamoDB."""

    def append(self, entries: Sequence[LedgerEntry]) -> None:
        """Idempotent: an event that is there is written again as it is."""
        with LedgerRow.batch_write() as batch:
            for entry in entries:
                batch.save(_ledger_row(entry))


class DynamoRollWriter:
    """`RollWriter` on DynamoDB."""

    def put(self, auction_id: str, member: MemberNow) -> None:
        _put_member(auction_id, member)

    def forget(self, auction_id: str, user_id: str) -> None:
        MemberRow(auction_id, user_id).delete()


def _put_member(auction_id: str, member: MemberNow) -> None:
    """Keep what a member is now, unless a newer word is kept already."""
    row = MemberRow(
        auction_id,
        member.user_id,
        number=member.number,
        name=member.name,
        role=member.role,
        budget_cents=member.budget_cents,
        active=member.active,
        version=member.version,
    )
    _save_if(MemberRow.version.does_not_exist() | (MemberRow.version <= member.version), row)


def _put_new_lot(auction_id: str, lot: Lot) -> None:
    """Keep a lot that nothing has happened to, unless something has."""
    row = LotRow(auction_id, lot.lot_id, lot=encode(lot).decode(), status="unsold", seq=0)
    _save_if(LotRow.seq.does_not_exist() | (LotRow.seq == 0), row)


def _ledger_row(entry: LedgerEntry) -> LedgerRow:
    row = LedgerRow(entry.auction_id, entry.seq, event=encode(entry.event).decode())
    if is_synthetic(entry.auction_id):
        row.expires_at = entry.event.at_ms // 1000 + SYNTHETIC_KEPT_S
    return row


def _save_if(condition: Condition, row: Model) -> None:
    """Write a row, unless somebody was there first."""
    try:
        row.save(condition=condition)
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
