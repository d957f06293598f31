"""A small league in a database, and everything that can happen in its auction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from sqlalchemy import Engine, Table, select

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.leagues.leagues import SqlLeagues
from rds_bridge_service.logic.importing import import_league
from shared.auction import BidRule, LeagueRules
from shared.bridge import ImportLeague, LeagueFiles
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    AuctionReopened,
    BidPlaced,
    LedgerEntry,
    LotPassed,
    LotReset,
    LotSold,
)
from tests.unit.rds_bridge.files import MEMBERS, TEAMS

OF_THE_LEDGER = (tables.auction_event, tables.bid, tables.sale, tables.auction)
LOT_IDS = ("L01", "L02", "L03")


def request(import_id: str = "import-1") -> ImportLeague:
    return ImportLeague(
        import_id=import_id,
        league_name="Lïga",
        tournament_name="Tournament",
        files=LeagueFiles(teams_csv=TEAMS, members_csv=MEMBERS, bundled_seeds=(2,)),
        user_ids={"commissioner@example.com": "u1", "bidder01@example.com": "u2"},
        rules=LeagueRules(bid_rules=(BidRule(0, 100),), clock_ms=9_000),
    )


def leagues(engine: Engine) -> SqlLeagues:
    return SqlLeagues(engine, new_id=lambda: uuid4().hex)


def new_auction(engine: Engine) -> str:
    """The id of an auction that nothing happened in."""
    return import_league(request(uuid4().hex), leagues(engine)).auction_id


def entries(auction_id: str, events: Sequence[AnyEvent]) -> list[LedgerEntry]:
    """The events in their order, from seq 1."""
    return [LedgerEntry(auction_id, seq, event) for seq, event in enumerate(events, start=1)]


def bid(lot_id: str = "L01", cents: int = 500) -> BidPlaced:
    return BidPlaced(
        at_ms=1_700_000_000_000,
        actor=1,
        request_id="r1",
        lot_id=lot_id,
        bidder=1,
        amount_cents=cents,
        minimum_cents=cents + 100,
        extended_to_ms=1_700_000_010_000,
    )


def sold(lot_id: str = "L01", cents: int = 500) -> LotSold:
    return LotSold(at_ms=1_700_000_020_000, lot_id=lot_id, owner=1, price_cents=cents)


def reset(lot_id: str = "L01") -> LotReset:
    return LotReset(at_ms=1_700_000_030_000, actor=0, lot_id=lot_id)


_lot_ids = st.sampled_from(LOT_IDS)
_cents = st.integers(1, 100_000_000_000)
events = st.lists(
    st.one_of(
        st.builds(bid, _lot_ids, _cents),
        st.builds(sold, _lot_ids, _cents),
        st.builds(reset, _lot_ids),
        st.builds(LotPassed, at_ms=st.just(1), lot_id=_lot_ids),
        st.sampled_from(
            [AuctionOpened(at_ms=1, rules_version=1), AuctionClosed(at_ms=1),
             AuctionReopened(at_ms=1)]
        ),
    ),
    min_size=1,
    max_size=15,
)  # fmt: skip


def rows(engine: Engine, table: Table, auction_id: str) -> set[tuple[Any, ...]]:
    """A table's rows of one auction, without what differs from auction to auction."""
    columns = [c for c in table.columns if c.name not in ("auction_id", "league_id")]
    with engine.connect() as connection:
        found = connection.execute(select(*columns).where(table.c.auction_id == auction_id))
        return {tuple(row) for row in found}


def everything(engine: Engine, auction_id: str) -> dict[str, set[tuple[Any, ...]]]:
    """What the tables say about an auction."""
    return {table.name: rows(engine, table, auction_id) for table in OF_THE_LEDGER}


def counts(engine: Engine) -> dict[str, int]:
    """Rows in each table."""
    with engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in tables.metadata.sorted_tables
        }


def in_batches(of: Iterable[LedgerEntry], sizes: Iterable[int]) -> list[list[LedgerEntry]]:
    """The entries in batches of these sizes, over and over."""
    left, cuts, batches = list(of), list(sizes), []
    while left:
        for size in cuts:
            batch, left = left[:size], left[size:]
            batches.append(batch)
    return [batch for batch in batches if batch]
