"""The ledger's rows in SQL, and what follows from them: bids, sales, the auction's status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, delete, select, update
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.adapters.faults import Fault, code_of, fault_of
from rds_bridge_service.adapters.inserting import insert_rows
from rds_bridge_service.adapters.quarantine import add_to_quarantine
from rds_bridge_service.logic.applying import AppendError, EntryFailed, EntryRefused
from rds_bridge_service.logic.casts import Casts
from rds_bridge_service.logic.ledger_rows import (
    SaleRow,
    bids_of,
    latest_sales_of,
    latest_statuses_of,
)
from rds_bridge_service.logic.understanding import Cast
from shared.bridge import Bid, EventsForgotten, EventsPage, ForgetEvents, ListEvents
from shared.clock import now_ms
from shared.codec import decode_event, encode
from shared.errors import NotFound
from shared.events import LedgerEntry
from shared.limits import MAX_EVENTS_PAGE
from shared.quarantine import SetAside

# Building a statement takes longer than executing it: those of every batch are built once.
_of_auction = t.auction.c.auction_id == bindparam("of")
_of_lot = (t.sale.c.auction_id == bindparam("of")) & (t.sale.c.lot_id == bindparam("lot"))
_TURN = update(t.auction).where(_of_auction).values(status_seq=t.auction.c.status_seq)
_NEWER_STATUS = update(t.auction).where(_of_auction, t.auction.c.status_seq < bindparam("before"))
_SEQS = select(t.auction_event.c.seq).where(
    t.auction_event.c.auction_id == bindparam("of"),
    t.auction_event.c.seq.in_(bindparam("seqs", expanding=True)),
)
_SALE_SEQ = select(t.sale.c.seq).where(_of_lot)
_NEWER_SALE = update(t.sale).where(_of_lot, t.sale.c.seq < bindparam("before"))


class SqlLedger:
    """The ledger in the database; implements `logic.applying.Ledger`."""

    def __init__(self, engine: Engine, now_ms: Callable[[], int] = now_ms) -> None:
        self._engine = engine
        self._now_ms = now_ms
        self._casts = Casts(self._read_casts)

    def casts(self, entries: Sequence[LedgerEntry]) -> Mapping[str, Cast]:
        return self._casts.of(entries)

    def _read_casts(self, auction_ids: set[str]) -> dict[str, Cast]:
        lots = select(t.lot.c.auction_id, t.lot.c.lot_id).where(t.lot.c.auction_id.in_(auction_ids))
        members = (
            select(t.auction.c.auction_id, t.member.c.number)
            .join_from(t.auction, t.member, t.auction.c.league_id == t.member.c.league_id)
            .where(t.auction.c.auction_id.in_(auction_ids))
        )
        lot_rows, member_rows = reading(
            self._engine,
            lambda connection: (connection.execute(lots).all(), connection.execute(members).all()),
        )
        return {
            auction_id: Cast(
                lot_ids=frozenset(row.lot_id for row in lot_rows if row.auction_id == auction_id),
                members=frozenset(
                    row.number for row in member_rows if row.auction_id == auction_id
                ),
            )
            for auction_id in {row.auction_id for row in member_rows}
        }

    def append(self, entries: Sequence[LedgerEntry], set_aside: Sequence[SetAside] = ()) -> None:
        # What a queue brings is nearly always new, and nobody else writes to its auction. A key
        # that is there after all breaks the first attempt; the next take turns, and look which.
        attempts = count()

        def all_or_nothing(connection: Connection) -> None:
            if entries:
                _append(connection, entries, anew=next(attempts) == 0)
            if set_aside:
                add_to_quarantine(connection, set_aside, self._now_ms())

        try:
            writing(self._engine, all_or_nothing)
        except DBAPIError as error:
            if (meaning := _meaning_of(error)) is None:
                raise
            raise meaning from error

    def has(self, auction_id: str, seq: int) -> bool:
        """Whether this place in the ledger is taken."""
        key = t.auction_event.c
        place = select(key.seq).where(key.auction_id == auction_id, key.seq == seq)
        found = reading(self._engine, lambda connection: connection.execute(place).first())
        return found is not None

    def list_events(self, request: ListEvents) -> EventsPage:
        """The entries after `after_seq`, at most `MAX_EVENTS_PAGE`.

        Raises:
            NotFound: there is no such auction.
        """
        events = (
            select(t.auction_event.c.seq, t.auction_event.c.body)
            .where(t.auction_event.c.auction_id == request.auction_id)
            .where(t.auction_event.c.seq > request.after_seq)
            .order_by(t.auction_event.c.seq)
            .limit(MAX_EVENTS_PAGE + 1)
        )
        auction = select(t.auction.c.auction_id).where(t.auction.c.auction_id == request.auction_id)
        found, rows, bids = reading(
            self._engine,
            lambda connection: (
                connection.execute(auction).first(),
                (rows := connection.execute(events).all()),
                _bids_beside(connection, request.auction_id, [it.seq for it in rows]),
            ),
        )
        if found is None:
            raise NotFound("there is no such auction")
        return EventsPage(
            entries=tuple(
                LedgerEntry(
                    auction_id=request.auction_id, seq=row.seq, event=decode_event(row.body)
                )
                for row in rows[:MAX_EVENTS_PAGE]
            ),
            more=len(rows) > MAX_EVENTS_PAGE,
            bids=bids,
        )

    def forget(self, request: ForgetEvents) -> EventsForgotten:
        """Delete an auction's rows up to a place in its ledger; whose that may be done to,
        `logic.forgetting` decides."""

        def delete_rows(connection: Connection) -> int:
            _take_turns(connection, {request.auction_id})
            for table in (t.sale, t.bid, t.auction_event):
                of_auction = table.c.auction_id == request.auction_id
                done = connection.execute(
                    delete(table).where(of_auction, table.c.seq < request.before_seq)
                )
            return done.rowcount

        return EventsForgotten(writing(self._engine, delete_rows))


def _bids_beside(connection: Connection, auction_id: str, seqs: Sequence[int]) -> tuple[Bid, ...]:
    """The bids between the first and the last of these places, but not of the one too many."""
    if not seqs:
        return ()
    last = seqs[:MAX_EVENTS_PAGE][-1]
    rows = connection.execute(
        select(t.bid.c.seq, t.bid.c.lot_id, t.bid.c.member, t.bid.c.amount_cents)
        .where(t.bid.c.auction_id == auction_id, t.bid.c.seq.between(seqs[0], last))
        .order_by(t.bid.c.seq)
    )
    return tuple(Bid(**row._mapping) for row in rows)


def _meaning_of(error: DBAPIError) -> AppendError | None:
    """None if it is about the database and not about what was to be written."""
    match fault_of(error):
        case Fault.REFUSED:
            return EntryRefused(f"{type(error).__name__} {error.orig}")
        case Fault.UNKNOWN | Fault.DUPLICATE:
            return EntryFailed(f"the database failed: {type(error).__name__} {code_of(error)}")
        case _:
            return None


def _append(connection: Connection, entries: Sequence[LedgerEntry], *, anew: bool) -> None:
    by_key = {(it.auction_id, it.seq): it for it in entries}
    known = set[tuple[str, int]]()
    if not anew:
        _take_turns(connection, {it.auction_id for it in entries})
        known = _known(connection, by_key)
    new = [by_key[key] for key in sorted(by_key) if key not in known]
    if not new:
        return
    insert_rows(connection, t.auction_event, [_event_row(it) for it in new])
    insert_rows(connection, t.bid, [msgspec.structs.asdict(bid) for bid in bids_of(new)])
    for sale in latest_sales_of(new):
        _put_sale(connection, sale)
    for it in latest_statuses_of(new):
        values = {"of": it.auction_id, "before": it.seq, "status": it.status, "status_seq": it.seq}
        connection.execute(_NEWER_STATUS, values)


def _take_turns(connection: Connection, auction_ids: set[str]) -> None:
    """Let those who write to the same auction wait for each other instead of colliding.

    An update that changes nothing locks the row until the commit, on every database. The keys
    would keep the ledger right without it, but a race lost too often fails the whole batch.
    """
    for auction_id in sorted(auction_ids):
        connection.execute(_TURN, {"of": auction_id})


def _known(
    connection: Connection, keys: dict[tuple[str, int], LedgerEntry]
) -> set[tuple[str, int]]:
    """Which of the keys the ledger has already; without row values, that SQL Server lacks."""
    seqs: dict[str, list[int]] = {}
    for auction_id, seq in keys:
        seqs.setdefault(auction_id, []).append(seq)
    return {
        (auction_id, seq)
        for auction_id, of in seqs.items()
        for seq in connection.scalars(_SEQS, {"of": auction_id, "seqs": of})
    }


def _event_row(entry: LedgerEntry) -> dict[str, Any]:
    body = encode(entry.event).decode()
    return {
        "auction_id": entry.auction_id,
        "seq": entry.seq,
        "type": entry.event.__struct_config__.tag,
        "at_ms": entry.event.at_ms,
        "actor": entry.event.actor,
        "request_id": entry.event.request_id,
        "body": body,
    }


def _put_sale(connection: Connection, sale: SaleRow) -> None:
    """The greater seq wins. Two first rows for a lot collide on its key; the loser starts again."""
    lot = {"of": sale.auction_id, "lot": sale.lot_id}
    since_seq = connection.scalar(_SALE_SEQ, lot)
    row = msgspec.structs.asdict(sale)
    if since_seq is None:
        insert_rows(connection, t.sale, [row])
    elif since_seq < sale.seq:
        connection.execute(_NEWER_SALE, row | lot | {"before": sale.seq})
