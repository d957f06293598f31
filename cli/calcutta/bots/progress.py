"""What an audience sees of a run."""

from __future__ import annotations

import asyncio
from typing import Protocol

from rich.live import Live
from rich.text import Text

from calcutta.auction import describe_lot
from calcutta.output import Output
from calcutta.text import dollars
from shared.client import AuctionClient, AuctionView
from shared.events import AnyEvent, LotPassed, LotSold
from shared.replies import EventReply
from shared.text import plain

REFRESH_S = 0.25


class Progress(Protocol):
    async def watch(self, client: AuctionClient) -> None:
        """Show what happens until cancelled."""


class Lines:
    """One line for each lot that ends."""

    def __init__(self, output: Output) -> None:
        self._output = output

    async def watch(self, client: AuctionClient) -> None:
        async for message in client.events():
            if isinstance(message, EventReply) and (line := line_of(client.view, message.event)):
                self._output.line(line)


class Screen:
    """The lines, and below them the lot that is up with its clock running."""

    def __init__(self, output: Output) -> None:
        self._output = output

    async def watch(self, client: AuctionClient) -> None:
        with Live(console=self._output.console, auto_refresh=False) as live:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(Lines(self._output).watch(client))
                tasks.create_task(self._refresh(live, client))

    async def _refresh(self, live: Live, client: AuctionClient) -> None:
        while True:
            live.update(Text(summary_of(client.view, client.server_now_ms())), refresh=True)
            await asyncio.sleep(REFRESH_S)


def line_of(view: AuctionView, event: AnyEvent) -> str | None:
    """A lot's end in one line; None for other events."""
    match event:
        case LotSold():
            owner = view.member(event.owner)
            who = owner.name if owner else f"member {event.owner}"
            return f"sold    {_name(view, event.lot_id)} to {who} for {dollars(event.price_cents)}"
        case LotPassed():
            return f"passed  {_name(view, event.lot_id)}"
        case _:
            return None


def summary_of(view: AuctionView, now_ms: int) -> str:
    """Where the auction stands, in two lines."""
    left = sum(lot.status == "unsold" for lot in view.lot_states.values())
    lot = plain(describe_lot(view, now_ms)) or "between lots"
    return f"{lot}\n{left} lots left, pool {dollars(view.pool_cents)}"


def _name(view: AuctionView, lot_id: str) -> str:
    lot = view.lot(lot_id)
    return lot.name if lot else lot_id
