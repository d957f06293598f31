"""A bot and an auctioneer, each at a connection of its own."""

from __future__ import annotations

import asyncio
import random

from calcutta.bots.strategy import (
    Bot,
    amount_to_bid,
    is_over,
    next_to_call,
    thinking_s,
    wants_to_bid,
)
from calcutta.problems import Problem
from shared.client import Answer, AuctionClient, AuctionView
from shared.commands import CloseAuction, Command, Hammer, NextLot, OpenAuction, PlaceBid
from shared.errors import Busy, CalleeFailed
from shared.replies import Accepted, RefusedReply

GRACE_S = 1.5
"""How long the server has to end a lot by itself: its own hammer comes on a delayed message,
and those are counted in whole seconds."""

PATIENCE_S = 30.0
"""How long an answer may take to show in the view."""

TRY_AGAIN = (Busy.code, CalleeFailed.code)
TRY_AGAIN_S = 0.5


async def play(client: AuctionClient, bot: Bot, pace_s: float, source: random.Random) -> None:
    """Bid for one member until the auction is over."""
    while True:
        view = await client.wait_until(lambda view: is_over(view) or wants_to_bid(view, bot))
        if is_over(view) or view.current is None:
            return
        if await _has_ended(client, view.current.lot_id, thinking_s(pace_s, source)):
            continue
        view = client.view
        amount = amount_to_bid(view, bot, source)
        if view.current is None or amount == 0:
            continue
        answer = await client.send(PlaceBid, lot_id=view.current.lot_id, amount_cents=amount)
        await _until_shown(client, view, answer)


async def _until_shown(client: AuctionClient, before: AuctionView, answer: Answer) -> None:
    """Wait for the view that the answer came from; bidding on an older one is refused again."""
    if isinstance(answer, Accepted):
        shown = answer.seq
    elif isinstance(answer, RefusedReply) and answer.seq is not None:
        shown = max(answer.seq, before.seq + 1)
    else:
        return
    await client.wait_until(lambda view: view.seq >= shown or is_over(view))


async def open_auction(client: AuctionClient) -> AuctionView:
    """The auction as it is once it is open; opens it if nobody has."""
    if client.view.status is None:
        await _command(client, OpenAuction, unless="auction_already_open")
    return await client.wait_until(lambda view: view.rules is not None, PATIENCE_S)


async def conduct(client: AuctionClient, grace_s: float = GRACE_S) -> None:
    """Put up one lot after the other, those that pass a second time, see each to its end, and
    close the auction."""
    called_again: frozenset[str] = frozenset()
    while client.view.status != "closed":
        view = client.view
        if view.current is not None:
            await _see_to_its_end(client, view.current.lot_id, grace_s)
        elif (lot := next_to_call(view, called_again)) is not None:
            if (state := view.lot_states.get(lot.lot_id)) and state.status == "passed":
                called_again |= {lot.lot_id}
            await _command(client, NextLot, lot_id=lot.lot_id, unless="lot_is_up")
            await _until_after(client, view.seq)
        else:
            await _command(client, CloseAuction, unless="auction_closed")
            await client.wait_until(lambda now: now.status == "closed", PATIENCE_S)


async def _until_after(client: AuctionClient, seq: int) -> None:
    await client.wait_until(lambda view: view.seq > seq, PATIENCE_S)


async def _see_to_its_end(client: AuctionClient, lot_id: str, grace_s: float) -> None:
    """Wait for the lot's end; nudge the hammer if the server is late."""

    while client.view.current is not None and client.view.current.lot_id == lot_id:
        if client.view.status == "paused":
            await client.wait_until(lambda view: view.status != "paused")
            continue
        left_s = (client.view.remaining_ms(client.server_now_ms()) or 0) / 1_000
        ended = await _has_ended(client, lot_id, left_s + grace_s)
        # bids may have moved the deadline meanwhile
        if not ended and client.view.remaining_ms(client.server_now_ms()) == 0:
            await client.send(Hammer, lot_id=lot_id)


async def _has_ended(client: AuctionClient, lot_id: str, timeout_s: float) -> bool:
    """Wait for the end of a lot; False if it is still up after that time."""
    try:
        await client.wait_until(
            lambda view: view.current is None or view.current.lot_id != lot_id, timeout_s
        )
    except TimeoutError:
        return False
    return True


async def _command(
    client: AuctionClient, kind: type[Command], *, unless: str, **fields: str
) -> None:
    """A command that has to work, or to have been done already."""
    async with asyncio.timeout(PATIENCE_S):
        while isinstance(answer := await client.send(kind, **fields), RefusedReply):
            if answer.code == unless:
                return
            if answer.code not in TRY_AGAIN:
                raise Problem(f"the auctioneer was refused: {answer.message}")
            await asyncio.sleep(TRY_AGAIN_S)
