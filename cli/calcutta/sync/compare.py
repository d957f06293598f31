"""What three books say about one auction, row by row: the ledger, the live tables, the database.

The ledger is the measure: what it says happened is what lots, auction and database must show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from shared.auction import LotState
from shared.bridge import Bid, Sale, SqlAuctionStatus
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    AuctionReopened,
    BidPlaced,
    LedgerEntry,
    LotOpened,
    LotPassed,
    LotReset,
    LotSold,
)


class AuctionItem(msgspec.Struct, frozen=True):
    """The auction's own item: `seq`, the event that led there, and cents by member number."""

    seq: int
    last_event: AnyEvent
    spent: Mapping[int, int]


class Books(msgspec.Struct, frozen=True):
    """Everything that is written about an auction. `auction` is None before it is opened."""

    auction: AuctionItem | None
    ledger: Sequence[LedgerEntry]
    lots: Sequence[LotState]
    events: Sequence[LedgerEntry]
    bids: Sequence[Bid]
    sales: Sequence[Sale]
    status: SqlAuctionStatus


class Difference(msgspec.Struct, frozen=True):
    """One row that is not as the ledger says.

    Attributes:
        where: `ledger`, `auction`, `lots`, `auction_event`, `bid`, `sale` or `status`.
        row: which one.
        expected, found: both sides as text; "nothing" for a missing row.
    """

    where: str
    row: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.where} {self.row}: expected {self.expected}, found {self.found}"


def differences(books: Books) -> list[Difference]:
    """All of them; empty if the books are equal."""
    return [
        *_in_ledger(books),
        *_in_auction(books),
        *_in_lots(books),
        *_in_events(books),
        *_in_bids(books),
        *_in_sales(books),
        *_in_status(books),
    ]


def _in_ledger(books: Books) -> Iterator[Difference]:
    """Every seq from 1 to the auction's is there."""
    known = {entry.seq for entry in books.ledger}
    last = max(known | {books.auction.seq if books.auction else 0}, default=0)
    for seq in range(1, last + 1):
        if seq not in known:
            yield Difference("ledger", f"seq {seq}", "an event", "nothing")


def _in_auction(books: Books) -> Iterator[Difference]:
    item = books.auction
    if item is None:
        if books.ledger:
            yield Difference("auction", "item", f"seq {books.ledger[-1].seq}", "nothing")
        return
    at_seq = {entry.seq: entry.event for entry in books.ledger}
    if at_seq and (last := max(at_seq)) > item.seq:
        yield Difference("auction", "seq", str(last), str(item.seq))
    if item.seq in at_seq and at_seq[item.seq] != item.last_event:
        yield Difference("auction", "last event", _text(at_seq[item.seq]), _text(item.last_event))
    yield from _unequal("auction", "spent by member", _spent(books.ledger), dict(item.spent))


def _in_lots(books: Books) -> Iterator[Difference]:
    expected = _lot_states(books.ledger)
    found = {lot.lot_id: lot for lot in books.lots}
    # a lot that never came up has no event; its row has only to say so
    untouched = {
        lot_id: LotState(lot_id, "unsold", lot.seq)
        for lot_id, lot in found.items()
        if lot_id not in expected
    }
    yield from _unequal("lots", "lot", expected | untouched, found)


def _in_events(books: Books) -> Iterator[Difference]:
    yield from _unequal(
        "auction_event",
        "seq",
        {entry.seq: entry.event for entry in books.ledger},
        {entry.seq: entry.event for entry in books.events},
    )


def _in_bids(books: Books) -> Iterator[Difference]:
    placed = {
        it.seq: Bid(it.seq, it.event.lot_id, it.event.bidder, it.event.amount_cents)
        for it in books.ledger
        if isinstance(it.event, BidPlaced)
    }
    yield from _unequal("bid", "seq", placed, {it.seq: it for it in books.bids})


def _in_sales(books: Books) -> Iterator[Difference]:
    found = {sale.lot_id: _Sold(sale.owner, sale.price_cents, sale.seq) for sale in books.sales}
    yield from _unequal("sale", "of lot", _sold(books.ledger), found)


def _in_status(books: Books) -> Iterator[Difference]:
    expected = _status(books.ledger)
    if books.status != expected:
        yield Difference("status", "in SQL", expected, books.status)


def _unequal(
    where: str, row: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]
) -> Iterator[Difference]:
    for key in sorted(expected.keys() | found.keys()):
        if expected.get(key) != found.get(key):
            yield Difference(where, f"{row} {key}", _text(expected.get(key)), _text(found.get(key)))


class _Sold(NamedTuple):
    owner: int
    price_cents: int
    seq: int


def _lot_states(ledger: Sequence[LedgerEntry]) -> dict[str, LotState]:
    lots: dict[str, LotState] = {}
    for entry in sorted(ledger, key=lambda entry: entry.seq):
        match entry.event:
            case LotOpened(lot_id=lot_id):
                lots[lot_id] = LotState(lot_id, "up", entry.seq)
            case LotSold(lot_id=lot_id, owner=owner, price_cents=price):
                lots[lot_id] = LotState(lot_id, "sold", entry.seq, owner, price)
            case LotPassed(lot_id=lot_id):
                lots[lot_id] = LotState(lot_id, "passed", entry.seq)
            case LotReset(lot_id=lot_id):
                lots[lot_id] = LotState(lot_id, "unsold", entry.seq)
    return lots


def _sold(ledger: Sequence[LedgerEntry]) -> dict[str, _Sold]:
    return {
        lot_id: _Sold(lot.owner or 0, lot.price_cents or 0, lot.seq)
        for lot_id, lot in _lot_states(ledger).items()
        if lot.status == "sold"
    }


def _status(ledger: Sequence[LedgerEntry]) -> SqlAuctionStatus:
    status: SqlAuctionStatus = "planned"
    for entry in sorted(ledger, key=lambda entry: entry.seq):
        match entry.event:
            case AuctionOpened() | AuctionReopened():
                status = "open"
            case AuctionClosed():
                status = "closed"
    return status


def _spent(ledger: Sequence[LedgerEntry]) -> dict[int, int]:
    spent: dict[int, int] = {}
    for sale in _sold(ledger).values():
        spent[sale.owner] = spent.get(sale.owner, 0) + sale.price_cents
    return spent


def _text(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, msgspec.Struct):
        return msgspec.json.encode(value).decode()
    return str(value)
