"""`calcutta join`: bid by hand from a terminal."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from typing import Annotated

import typer

from calcutta import entry
from calcutta.auction import describe_lot
from calcutta.bots.progress import line_of
from calcutta.options import AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.text import cents, dollars
from shared.client import AuctionClient, AuctionView, Endpoint, connect
from shared.commands import Command, PlaceBid, SendChat
from shared.replies import Accepted, Chat, EventReply, RefusedReply

MARKS_S = (30, 20, 10, 5, 3, 2, 1)
"""Seconds left at which the lot is shown again."""

HELP = "an amount bids (120), min bids the minimum, /say TEXT speaks, quit leaves"


def join(
    ctx: typer.Context,
    auction_id: AuctionId,
    as_email: Annotated[str, typer.Option("--as", metavar="EMAIL", help="Who you are.")],
    stage: StageName = "local",
) -> None:
    """Take part in an auction from this terminal."""
    here = stage_of(ctx, stage)
    token = entry.as_person(here, as_email)
    output = Output(as_json=False)
    asyncio.run(_take_part(entry.endpoint(here, auction_id, token), output))


async def _take_part(endpoint: Endpoint, output: Output) -> None:
    lines = read_lines()
    async with await connect(endpoint) as client:
        output.line(HELP)
        await take_part(client, lines, output)


async def take_part(
    client: AuctionClient, lines: asyncio.Queue[str | None], output: Output
) -> None:
    """Show what happens and do what the lines say, until `quit` or None."""
    output.line(describe_lot(client.view, client.server_now_ms()) or "no lot is up")
    showing = [
        asyncio.create_task(_show_events(client, output)),
        asyncio.create_task(_show_clock(client, output)),
    ]
    obeying = asyncio.create_task(_obey(client, lines, output))
    try:
        done, _ = await asyncio.wait({obeying, *showing}, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in (obeying, *showing):
            task.cancel()
        await asyncio.wait({obeying, *showing})


async def _obey(client: AuctionClient, lines: asyncio.Queue[str | None], output: Output) -> None:
    while (line := await lines.get()) is not None and line.strip() != "quit":
        try:
            command, fields = meaning_of(line.strip(), client.view)
        except ValueError as error:
            output.line(f"{error}; {HELP}")
            continue
        answer = await client.send(command, **fields)
        if isinstance(answer, RefusedReply):
            minimum = f" (from {dollars(answer.minimum_cents)})" if answer.minimum_cents else ""
            output.line(f"refused: {answer.message}{minimum}")
        elif isinstance(answer, Accepted):
            output.line("your bid stands")


def meaning_of(line: str, view: AuctionView) -> tuple[type[Command], dict[str, str | int]]:
    """The command that a line stands for.

    Raises:
        ValueError: none.
    """
    if line.startswith("/"):
        verb, _, text = line.partition(" ")
        if verb != "/say" or not text:
            raise ValueError("that is no command")
        return SendChat, {"text": text}
    if view.current is None:
        raise ValueError("no lot is up")
    amount = view.current.minimum_cents if line == "min" else cents(line)
    return PlaceBid, {"lot_id": view.current.lot_id, "amount_cents": amount}


async def _show_events(client: AuctionClient, output: Output) -> None:
    async for message in client.events():
        if isinstance(message, Chat):
            output.line(f"{message.name}: {message.text}")
        elif isinstance(message, EventReply):
            line = line_of(client.view, message.event) or describe_lot(
                client.view, client.server_now_ms()
            )
            output.line(line or f"the auction is {client.view.status}")


async def _show_clock(client: AuctionClient, output: Output) -> None:
    """Say how the countdown goes at a few marks. A bid may set it back, hence the rounds."""
    while True:
        view = await client.wait_until(lambda view: view.deadline_ms is not None)
        deadline = view.deadline_ms or 0
        for wait_s in _until_marks(deadline - client.server_now_ms()):
            try:
                await _deadline_moved(client, deadline, wait_s)
                break
            except TimeoutError:
                output.line(describe_lot(client.view, client.server_now_ms()))
        else:
            await _deadline_moved(client, deadline, None)


async def _deadline_moved(client: AuctionClient, deadline: int, timeout_s: float | None) -> None:
    await client.wait_until(lambda view: view.deadline_ms != deadline, timeout_s)


def _until_marks(remaining_ms: int) -> Iterator[float]:
    """Seconds to wait for each mark, one after the other."""
    left_s = remaining_ms / 1_000
    for mark in MARKS_S:
        if mark < left_s:
            yield left_s - mark
            left_s = mark


def read_lines() -> asyncio.Queue[str | None]:
    """Lines of standard input as they come, None at its end.

    A thread reads them: no event loop can wait for a file, and a thread of the loop's own would
    keep the program from ending while it waits for a line.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
