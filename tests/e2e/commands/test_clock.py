"""The clock of a lot, and the pause."""

from __future__ import annotations

from shared.client import AuctionClient
from shared.commands import Hammer, Pause, PlaceBid, ResetClock, Resume
from tests.e2e.commands.answers import L01, code_of, done, lot_after
from tests.e2e.system import System, accepted


async def test_resetting_the_clock_gives_the_lot_its_full_time(commissioner: AuctionClient) -> None:
    asked_at_ms = commissioner.server_now_ms()
    before = commissioner.view.current
    lot = await lot_after(commissioner, ResetClock, **L01)
    assert before is not None
    assert before.base_deadline_ms is not None
    assert lot.base_deadline_ms is not None
    assert lot.base_deadline_ms > before.base_deadline_ms
    assert lot.base_deadline_ms - asked_at_ms > 59_000


async def test_the_clock_of_a_sold_lot_is_not_reset(
    commissioner: AuctionClient, bidder: AuctionClient
) -> None:
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)
    view = await done(commissioner, Hammer, forced=True, **L01)
    assert await code_of(commissioner, ResetClock, **L01) == "lot_not_up"
    assert (view.status, view.lot_states["L01"].status) == ("open", "sold")


async def test_while_paused_nobody_bids(commissioner: AuctionClient, bidder: AuctionClient) -> None:
    await accepted(commissioner, Pause)
    assert await code_of(bidder, PlaceBid, amount_cents=5_00, **L01) == "auction_paused"
    await accepted(commissioner, Resume)
    await accepted(bidder, PlaceBid, amount_cents=5_00, **L01)


async def test_a_pause_keeps_the_time_that_was_left(commissioner: AuctionClient) -> None:
    paused = await lot_after(commissioner, Pause)
    assert paused.remaining_ms is not None
    assert 0 < paused.remaining_ms <= 60_000
    resumed_at_ms = commissioner.server_now_ms()
    resumed = await lot_after(commissioner, Resume)
    assert resumed.base_deadline_ms is not None
    assert resumed.base_deadline_ms >= resumed_at_ms + paused.remaining_ms - 1_000


async def test_the_servers_hammer_does_not_fall_while_paused(system: System) -> None:
    paused_id, later_id = system.make_league(clock="2s"), system.make_league(clock="2s")
    async with await system.open(paused_id) as commissioner:
        paused = await done(commissioner, Pause)
        async with await system.open(later_id) as elsewhere:  # its hammer comes after the other
            await elsewhere.wait_until(lambda view: view.lot_states["L01"].status == "passed", 30)
        assert system.seq(paused_id) == paused.seq


async def test_the_servers_hammer_falls_after_a_pause(system: System) -> None:
    auction_id = system.make_league(clock="2s")
    async with await system.open(auction_id) as commissioner:
        await accepted(commissioner, Pause)
        await accepted(commissioner, Resume)
        await commissioner.wait_until(lambda view: view.lot_states["L01"].status == "passed", 30)


async def test_a_paused_auction_is_not_paused_again(commissioner: AuctionClient) -> None:
    await accepted(commissioner, Pause)
    assert await code_of(commissioner, Pause) == "auction_paused"


async def test_a_running_auction_is_not_resumed(commissioner: AuctionClient) -> None:
    assert await code_of(commissioner, Resume) == "auction_not_paused"
