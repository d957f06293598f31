"""The end of an auction, and the books afterwards."""

from __future__ import annotations

import json

import pytest
import pytest_asyncio

from shared.client import AuctionClient
from shared.commands import (
    CloseAuction,
    Command,
    Hammer,
    NextLot,
    PassLot,
    Pause,
    PlaceBid,
    ReopenAuction,
    ResetClock,
    ResetLot,
    Resume,
    UndoBid,
)
from tests.e2e.commands.answers import L01, code_of, done, lot_after
from tests.e2e.system import COMMISSIONER, System, accepted


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def closed_id(system: System) -> str:
    auction_id = system.make_league()
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, PassLot, **L01)
        await accepted(commissioner, CloseAuction)
    return auction_id


async def test_an_auction_does_not_close_while_a_lot_is_up(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    assert await code_of(commissioner, CloseAuction) == "lot_is_up"
    view = await done(commissioner, Hammer, forced=True, **L01)
    assert view.spent == {1: 5_00}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (NextLot, {}),
        (PlaceBid, {"lot_id": "L01", "amount_cents": 5_00}),
        (ResetLot, L01),
        (UndoBid, L01),
        (CloseAuction, {}),
    ],
)
async def test_a_closed_auction_stands(
    system: System, closed_id: str, kind: type[Command], fields: dict[str, object]
) -> None:
    seq = system.seq(closed_id)
    async with await system.enter(closed_id, COMMISSIONER) as commissioner:
        assert await code_of(commissioner, kind, **fields) == "auction_closed"
    assert system.seq(closed_id) == seq


async def test_a_reopened_auction_goes_on(commissioner: AuctionClient) -> None:
    await accepted(commissioner, PassLot, **L01)
    assert (await done(commissioner, CloseAuction)).status == "closed"
    assert (await done(commissioner, ReopenAuction)).status == "open"
    assert (await lot_after(commissioner, NextLot, lot_id="L02")).lot_id == "L02"


async def test_an_open_auction_is_not_reopened(commissioner: AuctionClient) -> None:
    assert await code_of(commissioner, ReopenAuction) == "auction_already_open"


async def test_after_every_kind_of_command_the_books_are_equal(
    system: System, auction_id: str, commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    await accepted(bidder, PlaceBid, amount_cents=6_00, **L01)
    await accepted(commissioner, Pause)
    await accepted(commissioner, Resume)
    await accepted(commissioner, ResetClock, **L01)
    await accepted(commissioner, UndoBid, **L01)
    await accepted(commissioner, Hammer, forced=True, **L01)
    await accepted(commissioner, NextLot, lot_id="L02")
    await accepted(commissioner, PassLot, lot_id="L02")
    await accepted(commissioner, ResetLot, **L01)
    await accepted(commissioner, NextLot, **L01)
    await accepted(bidder, PlaceBid, amount_cents=9_00, **L01)
    await accepted(commissioner, Hammer, forced=True, **L01)
    await accepted(commissioner, CloseAuction)
    await accepted(commissioner, ReopenAuction)
    last = await accepted(commissioner, CloseAuction)
    found = system.reconcile(auction_id)
    assert found == {"equal": True, "events": last.seq, "sales": 1, "differences": []}
    results = json.loads(system.calcutta("auction", "results", auction_id, "--json").stdout)
    assert results["prize_pool_cents"] == 9_00
