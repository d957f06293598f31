"""Lots come up, are sold, passed, and come back."""

from __future__ import annotations

from shared.client import AuctionClient
from shared.commands import Hammer, NextLot, OpenAuction, PassLot, PlaceBid
from tests.e2e.commands.answers import L01, LOTS, code_of, done, high, lot_after
from tests.e2e.system import BIDDER, COMMISSIONER, System, accepted


async def test_next_lot_puts_up_every_lot_once(system: System, auction_id: str) -> None:
    async with await system.enter(auction_id, COMMISSIONER) as commissioner:
        await accepted(commissioner, OpenAuction)
        came_up = []
        for _ in LOTS:
            came_up.append((await lot_after(commissioner, NextLot)).lot_id)
            await accepted(commissioner, PassLot, lot_id=came_up[-1])
        assert sorted(came_up) == sorted(LOTS)


async def test_in_order_lots_come_up_as_they_are_arranged(system: System, auction_id: str) -> None:
    async with await system.enter(auction_id, COMMISSIONER) as commissioner:
        await accepted(commissioner, OpenAuction)
        came_up = []
        for _ in LOTS:
            came_up.append((await lot_after(commissioner, NextLot, order="arranged")).lot_id)
            await accepted(commissioner, PassLot, lot_id=came_up[-1])
        assert came_up == sorted(LOTS)


async def test_a_passed_lot_comes_back_when_none_is_left_that_never_was_up(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(commissioner, PassLot, **L01)
    for lot_id in sorted(LOTS - {"L01"}):
        await accepted(commissioner, NextLot, lot_id=lot_id)
        await accepted(bidder, PlaceBid, lot_id=lot_id, amount_cents=5_00)
        await accepted(commissioner, Hammer, lot_id=lot_id, forced=True)
    assert (await lot_after(commissioner, NextLot)).lot_id == "L01"


async def test_once_every_lot_is_sold_there_is_no_next_one(system: System, auction_id: str) -> None:
    async with (
        await system.enter(auction_id, COMMISSIONER) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(commissioner, OpenAuction)
        for _ in LOTS:
            lot_id = (await lot_after(commissioner, NextLot)).lot_id
            await accepted(bidder, PlaceBid, lot_id=lot_id, amount_cents=5_00)
            await accepted(commissioner, Hammer, lot_id=lot_id, forced=True)
        assert await code_of(commissioner, NextLot) == "no_lots_left"


async def test_a_passed_lot_is_nobodys_and_its_bids_cost_nothing(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    view = await done(commissioner, PassLot, **L01)
    assert (view.lot_states["L01"].status, view.lot_states["L01"].owner) == ("passed", None)
    assert view.spent == {}


async def test_a_lot_that_comes_back_can_be_sold(
    commissioner: AuctionClient, rival: AuctionClient
) -> None:
    await accepted(commissioner, PassLot, **L01)
    again = await lot_after(commissioner, NextLot, **L01)
    assert high(again) == (None, None)
    await accepted(rival, PlaceBid, amount_cents=7_00, **L01)
    view = await done(commissioner, Hammer, forced=True, **L01)
    assert (view.lot_states["L01"].status, view.spent) == ("sold", {2: 7_00})


async def test_a_sold_lot_does_not_come_up_again(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    await accepted(commissioner, Hammer, forced=True, **L01)
    assert await code_of(commissioner, NextLot, **L01) == "lot_not_available"


async def test_a_second_lot_does_not_come_up_beside_the_first(commissioner: AuctionClient) -> None:
    assert await code_of(commissioner, NextLot, lot_id="L02") == "lot_is_up"
