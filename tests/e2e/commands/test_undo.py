"""Bids that are undone, and lots that are reset."""

from __future__ import annotations

from shared.client import AuctionClient
from shared.commands import Hammer, NextLot, PlaceBid, ResetLot, SeenBid, UndoBid
from tests.e2e.commands.answers import L01, code_of, done, high, lot_after
from tests.e2e.system import System, accepted


async def test_undo_takes_bids_back_one_by_one_to_the_start(
    commissioner: AuctionClient, bidder: AuctionClient, rival: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    await accepted(rival, PlaceBid, amount_cents=10_00, **L01)
    await accepted(bidder, PlaceBid, amount_cents=60_00, **L01)
    steps = [await lot_after(commissioner, UndoBid, **L01) for _ in range(3)]
    assert [(*high(lot), lot.minimum_cents) for lot in steps] == [
        (2, 10_00, 11_00),
        (1, 5_00, 6_00),
        (None, None, 1_00),
    ]
    assert await code_of(commissioner, UndoBid, **L01) == "no_bid_to_undo"


async def test_undo_does_not_bring_back_a_bid_that_was_taken_back(
    commissioner: AuctionClient, bidder: AuctionClient, rival: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    await accepted(rival, PlaceBid, amount_cents=10_00, **L01)
    await accepted(commissioner, UndoBid, **L01)
    await accepted(rival, PlaceBid, amount_cents=8_00, **L01)
    assert high(await lot_after(commissioner, UndoBid, **L01)) == (1, 5_00)


async def test_a_bid_that_was_not_meant_is_neither_undone_nor_sold(
    commissioner: AuctionClient, bidder: AuctionClient, rival: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    await accepted(rival, PlaceBid, amount_cents=10_00, **L01)
    old, new = SeenBid(1, 5_00), SeenBid(2, 10_00)
    assert await code_of(commissioner, UndoBid, seen=old, **L01) == "bid_changed"
    assert await code_of(commissioner, Hammer, forced=True, seen=old, **L01) == "bid_changed"
    assert high(await lot_after(commissioner, UndoBid, seen=new, **L01)) == (1, 5_00)


async def test_resetting_a_sold_lot_gives_the_money_back_in_sql_too(
    system: System, auction_id: str, commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=90_00, **L01)
    assert (await done(commissioner, Hammer, forced=True, **L01)).spent == {1: 90_00}
    sold = system.reconcile(auction_id)
    assert (sold["equal"], sold["sales"]) == (True, 1)
    view = await done(commissioner, ResetLot, **L01)
    assert (view.spent, view.lot_states["L01"].status) == ({}, "unsold")
    reset = system.reconcile(auction_id)
    assert (reset["equal"], reset["sales"]) == (True, 0)


async def test_money_that_was_given_back_can_be_spent_again(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=90_00, **L01)
    await accepted(commissioner, Hammer, forced=True, **L01)
    await accepted(commissioner, NextLot, lot_id="L02")
    ninety = {"lot_id": "L02", "amount_cents": 90_00}
    assert await code_of(bidder, PlaceBid, **ninety) == "over_budget"
    await accepted(commissioner, ResetLot, **L01)
    await accepted(bidder, PlaceBid, **ninety)


async def test_resetting_the_lot_that_is_up_takes_it_down(commissioner: AuctionClient) -> None:
    view = await done(commissioner, ResetLot, **L01)
    assert (view.current, view.lot_states["L01"].status) == (None, "unsold")


async def test_a_lot_that_never_was_up_is_not_reset(commissioner: AuctionClient) -> None:
    assert await code_of(commissioner, ResetLot, lot_id="L02") == "lot_not_settled"
