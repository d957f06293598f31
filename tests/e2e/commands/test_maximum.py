"""The server bids for members: up to their maximum, in an absent one's name, and puts lots up."""

from __future__ import annotations

from shared.client import AuctionClient
from shared.commands import Hammer, PlaceBid, SetAutoNext, SetMaximum
from shared.replies import CurrentLot
from tests.e2e.commands.answers import L01, code_of, done, high, lot_after
from tests.e2e.system import BIDDER, RIVAL, System, accepted


def lot_of(current: CurrentLot | None) -> CurrentLot:
    assert current is not None
    return current


async def test_a_maximum_answers_bids_until_one_goes_over_it(
    bidder: AuctionClient, rival: AuctionClient
) -> None:
    assert high(await lot_after(bidder, SetMaximum, maximum_cents=40_00, **L01)) == (1, 1_00)
    assert high(await lot_after(rival, PlaceBid, amount_cents=20_00, **L01)) == (1, 21_00)
    assert high(await lot_after(rival, PlaceBid, amount_cents=41_00, **L01)) == (2, 41_00)


async def test_of_two_maxima_the_higher_wins_and_pays_an_increment_more(
    system: System,
    auction_id: str,
    commissioner: AuctionClient,
    bidder: AuctionClient,
    rival: AuctionClient,
) -> None:
    await accepted(bidder, SetMaximum, maximum_cents=30_00, **L01)
    await accepted(rival, SetMaximum, maximum_cents=45_00, **L01)
    view = await done(commissioner, Hammer, forced=True, **L01)
    assert view.spent == {2: 31_00}
    books = system.reconcile(auction_id)
    assert (books["equal"], books["sales"]) == (True, 1)


async def test_only_its_owner_finds_a_maximum_in_the_state(
    system: System, auction_id: str, bidder: AuctionClient
) -> None:
    await accepted(bidder, SetMaximum, maximum_cents=40_00, **L01)
    async with (
        await system.enter(auction_id, BIDDER) as owner,
        await system.enter(auction_id, RIVAL) as rival,
    ):
        assert lot_of(owner.view.current).your_maximum_cents == 40_00
        assert lot_of(rival.view.current).your_maximum_cents is None


async def test_a_commissioner_bids_for_an_absent_member(
    commissioner: AuctionClient, rival: AuctionClient
) -> None:
    lot = await lot_after(commissioner, PlaceBid, amount_cents=5_00, bidder=1, **L01)
    assert high(lot) == (1, 5_00)
    assert await code_of(rival, PlaceBid, amount_cents=6_00, bidder=1, **L01) == "forbidden"


async def test_after_the_pause_the_next_lot_comes_up_with_nobody_asking(
    commissioner: AuctionClient,
) -> None:
    await accepted(commissioner, SetAutoNext, after_ms=1_000)
    await accepted(commissioner, Hammer, forced=True, **L01)
    view = await commissioner.wait_until(lambda view: view.current is not None, 30)
    assert lot_of(view.current).lot_id == "L02"
