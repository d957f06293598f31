"""What an auction's events mean for the tables beside the ledger: bids, sales, the status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from shared.bridge import SqlAuctionStatus
from shared.events import (
    AuctionClosed,
    AuctionOpened,
    AuctionReopened,
    BidPlaced,
    LedgerEntry,
    LotReset,
    LotSold,
)


class BidRow(msgspec.Struct, frozen=True):
    auction_id: str
    seq: int
    lot_id: str
    member: int
    amount_cents: int


class SaleRow(msgspec.Struct, frozen=True):
    """How a lot stands since `seq`; of two rows for a lot the one with the greater seq holds."""

    auction_id: str
    lot_id: str
    seq: int
    status: Literal["sold", "void"]
    owner: int | None
    price_cents: int | None


class StatusRow(msgspec.Struct, frozen=True):
    """How an auction stands since `seq`; the greater seq holds."""

    auction_id: str
    seq: int
    status: SqlAuctionStatus


def bids_of(entries: Iterable[LedgerEntry]) -> list[BidRow]:
    """Every bid that was placed; what becomes of it later does not change that."""
    return [
        BidRow(it.auction_id, it.seq, it.event.lot_id, it.event.bidder, it.event.amount_cents)
        for it in entries
        if isinstance(it.event, BidPlaced)
    ]


def latest_sales_of(entries: Iterable[LedgerEntry]) -> list[SaleRow]:
    """For each lot that was sold or reset, what holds after the last of these entries."""
    latest: dict[tuple[str, str], SaleRow] = {}
    for it in sorted(entries, key=lambda it: it.seq):
        match it.event:
            case LotSold(lot_id=lot_id, owner=owner, price_cents=price):
                row = SaleRow(it.auction_id, lot_id, it.seq, "sold", owner, price)
            case LotReset(lot_id=lot_id):
                row = SaleRow(it.auction_id, lot_id, it.seq, "void", None, None)
            case _:
                continue
        latest[row.auction_id, row.lot_id] = row
    # One order for all writers: two of them never wait for each other's rows in a circle.
    return [latest[key] for key in sorted(latest)]


def latest_statuses_of(entries: Iterable[LedgerEntry]) -> list[StatusRow]:
    """For each auction that was opened or closed, what holds after the last of these entries."""
    latest: dict[str, StatusRow] = {}
    for it in sorted(entries, key=lambda it: it.seq):
        match it.event:
            case AuctionOpened() | AuctionReopened():
                latest[it.auction_id] = StatusRow(it.auction_id, it.seq, "open")
            case AuctionClosed():
                latest[it.auction_id] = StatusRow(it.auction_id, it.seq, "closed")
            case _:
                continue
    return [latest[key] for key in sorted(latest)]
