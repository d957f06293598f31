from __future__ import annotations

import asyncio

import pytest

from calcutta.bots.playing import conduct, open_auction
from calcutta.bots.run import run_bots
from calcutta.problems import Problem
from shared.client import AuctionClient, connect
from shared.commands import PlaceBid
from tests.integration.client.fake_server import eventually, listening
from tests.integration.client.toy_auction import ToyAuction


class Silent:
    async def watch(self, client: AuctionClient) -> None:
        pass


async def played(server: ToyAuction, pace_s: float = 0.004) -> None:
    await run_bots(
        "auction",
        server.members,
        server.enter,
        seed=1,
        pace_s=pace_s,
        progress=Silent(),
        commissioner=server.members[0],
    )


async def test_bots_play_an_auction_to_its_end() -> None:
    server = ToyAuction(lots=6, members=5, hammers=True)
    async with listening(server):
        await played(server)
    assert server.view.status == "closed"
    assert {lot.status for lot in server.view.lot_states.values()} <= {"sold", "passed"}
    assert server.view.pool_cents > 0


async def test_no_bot_spends_more_than_its_budget() -> None:
    server = ToyAuction(lots=6, members=4, hammers=True)
    async with listening(server):
        await played(server)
    assert server.view.spent.get(2, 0) <= 1_000


async def test_a_lot_that_nobody_wants_passes_and_the_run_ends() -> None:
    server = ToyAuction(lots=3, members=2, hammers=True)
    async with listening(server):
        await played(server, pace_s=10)
    assert {lot.status for lot in server.view.lot_states.values()} == {"passed"}
    assert server.view.status == "closed"


async def test_the_outcome_says_what_was_sold() -> None:
    server = ToyAuction(lots=3, members=3, hammers=True)
    async with listening(server):
        outcome = await run_bots(
            "auction",
            server.members,
            server.enter,
            seed=1,
            pace_s=0.004,
            progress=Silent(),
            commissioner=server.members[0],
        )
    assert outcome.sold + outcome.passed == 3
    assert outcome.pool_cents == server.view.pool_cents


async def test_the_auctioneer_puts_lots_up_by_position_and_nudges_a_late_hammer() -> None:
    server = ToyAuction(lots=3, members=2, hammers=False)
    async with (
        listening(server),
        await connect(server.enter(server.members[0])) as client,
    ):
        await open_auction(client)
        await asyncio.wait_for(conduct(client, grace_s=0.02), 20)
    assert server.nudges >= 3
    lots = sorted(server.view.lot_states.values(), key=lambda lot: lot.seq)
    assert [lot.lot_id for lot in lots] == ["lot-1", "lot-2", "lot-3"]


async def test_bots_without_an_auctioneer_wait_for_one_and_stop_after_the_last_lot() -> None:
    server = ToyAuction(lots=2, members=3, hammers=True)
    async with listening(server):
        running = asyncio.create_task(
            run_bots(
                "auction",
                server.members,
                server.enter,
                seed=1,
                pace_s=0.004,
                progress=Silent(),
            )
        )
        await eventually(lambda: server.connections_made == 2)
        async with await connect(server.enter(server.members[0])) as commissioner:
            await open_auction(commissioner)
            await conduct(commissioner)
        outcome = await running
    assert outcome.sold + outcome.passed == 2
    assert any(isinstance(command, PlaceBid) for command in server.commands)


async def test_an_auction_without_bidders_is_a_problem() -> None:
    server = ToyAuction(lots=1, members=1, hammers=True)
    with pytest.raises(Problem, match="no bidders"):
        await played(server)
