"""A whole auction played by bots."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack

import msgspec

from calcutta.bots.playing import conduct, open_auction, play
from calcutta.bots.progress import Progress
from calcutta.bots.strategy import is_over, make_bot
from calcutta.problems import Problem
from shared.auction import Member
from shared.client import AuctionClient, AuctionView, Endpoint, connect

ENTERING_AT_ONCE = 10
"""Bots that sign in and connect at the same time."""

Enter = Callable[[Member], Endpoint]
"""The way into the auction for a member; may block while it signs in."""


class Outcome(msgspec.Struct, frozen=True):
    """How a run ended; amounts in cents."""

    auction_id: str
    sold: int
    passed: int
    pool_cents: int
    seq: int


async def run_bots(
    auction_id: str,
    members: tuple[Member, ...],
    enter: Enter,
    *,
    seed: int,
    pace_s: float,
    progress: Progress,
    commissioner: Member | None = None,
) -> Outcome:
    """Let one bot bid for each bidder until every lot is sold or passed.

    Args:
        seed: the same one gives the bots the same valuations.
        pace_s: how long a bot thinks on average, in seconds.
        commissioner: who opens the auction, puts the lots up and closes it; None leaves that to
            somebody else.

    Raises:
        Problem: there is nobody to bid, or the auctioneer is refused.
        TicketRefused, NotFound, Unavailable: see `shared.client.connect`.
    """
    bidders = [member for member in members if member.role == "bidder"]
    if not bidders:
        raise Problem(f"auction {auction_id} has no bidders")
    async with AsyncExitStack() as stack:
        if commissioner is not None:
            auctioneer = await stack.enter_async_context(await _enter_one(enter, commissioner))
            await open_auction(auctioneer)
        clients = await _enter_all(enter, bidders, stack)
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(progress.watch(clients[0]))
            for member, client in zip(bidders, clients, strict=True):
                tasks.create_task(_play(client, member, len(bidders), seed, pace_s))
            if commissioner is not None:
                tasks.create_task(conduct(auctioneer))
            view = await clients[0].wait_until(
                lambda view: view.status == "closed" if commissioner else is_over(view)
            )
            watching.cancel()
    return _outcome(auction_id, view)


async def _play(
    client: AuctionClient, member: Member, bidders: int, seed: int, pace_s: float
) -> None:
    view = await client.wait_until(lambda view: view.rules is not None and bool(view.lots))
    bot = make_bot(view, member.number, bidders, seed)
    await play(client, bot, pace_s, random.Random(f"{seed}:{member.number}:thinking"))


async def _enter_one(enter: Enter, member: Member) -> AuctionClient:
    return await connect(await asyncio.to_thread(enter, member))


async def _enter_all(
    enter: Enter, members: list[Member], stack: AsyncExitStack
) -> list[AuctionClient]:
    doors = asyncio.Semaphore(ENTERING_AT_ONCE)

    async def one(member: Member) -> AuctionClient:
        async with doors:
            return await stack.enter_async_context(await _enter_one(enter, member))

    async with asyncio.TaskGroup() as tasks:
        entering = [tasks.create_task(one(member)) for member in members]
    return [task.result() for task in entering]


def _outcome(auction_id: str, view: AuctionView) -> Outcome:
    statuses = [lot.status for lot in view.lot_states.values()]
    return Outcome(
        auction_id=auction_id,
        sold=statuses.count("sold"),
        passed=statuses.count("passed"),
        pool_cents=view.pool_cents,
        seq=view.seq,
    )
