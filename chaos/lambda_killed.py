"""A Lambda is killed between its DynamoDB write and everything that would have come after."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import statistics
import time
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, NamedTuple

from boto3.dynamodb.conditions import Key

from chaos.deployed import deployed_system, set_environment
from chaos.fault import Fault, Outcome, say
from chaos.processes import holder_of
from chaos.proxy import Lost, Request, Response, Untouched, running_proxy
from shared.client import AuctionClient, AuctionView, Backoff, Options, Patience, connect
from shared.commands import Command, Hammer, NextLot, OpenAuction, PlaceBid
from shared.replies import Accepted
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, SPECTATOR, System

KILLS = 100
BIDS_A_LOT = 16
HURRIED = Options(backoff=Backoff(first_s=0.05), patience=Patience(0.3, 0.3), answer_s=0.4)
WRITES = ("UpdateItem", "TransactWriteItems")
REQUEST_ID = re.compile(rb'request_id\\+":\\+"([0-9a-f]{32})')


class KillsTheWriter(Untouched):
    """Kills the process that made a change, once DynamoDB has it; each request's first change."""

    def __init__(self) -> None:
        self.killed: dict[str, int] = {}

    def after(self, request: Request, response: Response) -> None:
        operation = request.headers.get("x-amz-target", "").split(".")[-1]
        found = REQUEST_ID.search(request.body)
        if operation not in WRITES or response.status != 200 or found is None:
            return
        if (request_id := found[1].decode()) in self.killed:
            return
        pid = holder_of(request.peer_port)
        if pid is None:
            return
        os.kill(pid, signal.SIGKILL)
        self.killed[request_id] = pid
        raise Lost


class Sent(NamedTuple):
    seq: int
    seconds: float


def bring_about(kills: int = KILLS) -> Outcome:
    killer = KillsTheWriter()
    with deployed_system() as system, running_proxy(system.emulator.port, killer) as port:
        auction_id = system.make_league(clock="600s")
        played = asyncio.run(_play(system, auction_id, killer, kills, port))
        books = system.reconcile(auction_id)
        ledger = system.table("LedgerTableName").query(
            KeyConditionExpression=Key("auction_id").eq(auction_id)
        )["Items"]
    return _outcome(played, killer, books, [row["event"] for row in ledger], kills)


class _Played(NamedTuple):
    sent: list[Sent]
    views: list[AuctionView]
    converged_s: float


async def _play(
    system: System, auction_id: str, killer: KillsTheWriter, kills: int, port: int
) -> _Played:
    async with AsyncExitStack() as stack:

        async def enter(email: str) -> AuctionClient:
            endpoint = system.endpoint(auction_id, email)
            return await stack.enter_async_context(await connect(endpoint, options=HURRIED))

        commissioner = await enter(COMMISSIONER)
        await commissioner.send(OpenAuction)
        bidders = [await enter(BIDDER), await enter(RIVAL)]
        clients = [commissioner, *bidders, await enter(SPECTATOR)]
        for function in ("placeBid", "runCommand"):
            set_environment(function, AWS_ENDPOINT_URL_DYNAMODB=f"http://127.0.0.1:{port}")
        sent: list[Sent] = []
        commands = _commands(commissioner, bidders)
        while len(killer.killed) < kills:
            sent.append(await _send(*next(commands)))
            if len(sent) % 10 == 0:
                say(f"{len(killer.killed)} of {kills} Lambdas killed")
        started = time.monotonic()
        for client in clients:
            await client.wait_until(lambda view: view.seq == sent[-1].seq, 30)
        return _Played(sent, [it.view for it in clients], time.monotonic() - started)


def _commands(commissioner: AuctionClient, bidders: list[AuctionClient]) -> Any:
    """Lot after lot: up, bid on by both in turn, sold."""
    for lot in ("L01", "L02", "L03", "L04", "L05", "L06"):
        yield commissioner, NextLot, {"lot_id": lot}
        for place in range(BIDS_A_LOT):
            yield bidders[place % 2], PlaceBid, {"lot_id": lot, "amount_cents": 100 * (place + 1)}
        yield commissioner, Hammer, {"lot_id": lot, "forced": True}


async def _send(client: AuctionClient, kind: type[Command], fields: dict[str, Any]) -> Sent:
    started = time.monotonic()
    answer = await client.send(kind, **fields)
    if not isinstance(answer, Accepted):
        raise TypeError(f"{kind.__name__} was answered {answer}")
    return Sent(answer.seq, time.monotonic() - started)


def _outcome(
    played: _Played, killer: KillsTheWriter, books: dict[str, Any], events: list[str], kills: int
) -> Outcome:
    failures = []
    in_ledger = [sum(request in event for event in events) for request in killer.killed]
    if in_ledger != [1] * kills:
        failures.append(f"{sum(it != 1 for it in in_ledger)} of the events are not once in ledger")
    if not books["equal"]:
        failures.append(f"the books differ: {books['differences'][:3]}")
    pictures = {str((it.seq, it.lot_states, it.spent, it.current)) for it in played.views}
    if len(pictures) != 1:
        failures.append("the clients do not see the same")
    waited = [it.seconds for it in played.sent]
    return Outcome(
        figures=[
            f"{len(killer.killed)} Lambdas killed (SIGKILL, once DynamoDB had the write and before "
            f"they knew), {sum(it == 1 for it in in_ledger)} of their events once in the ledger",
            f"reconcile: {'equal' if books['equal'] else 'differs'} "
            f"({books['events']} events in SQL, {books['sales']} sales)",
            f"every command accepted once: median {statistics.median(waited):.2f} s, longest "
            f"{max(waited):.2f} s (clients ping after {HURRIED.patience.quiet_s:g} quiet seconds "
            f"here, and send again after {HURRIED.answer_s:g} s)",
            f"{len(played.views)} clients at the same state {played.converged_s:.2f} s after",
        ],
        failures=failures,
    )


FAULT = Fault(
    name="lambda-killed",
    what="a Lambda killed right after its DynamoDB write, 100 times",
    must_hold="event still in ledger and SQL; clients repair the gap",
    on="the real deploy on the emulator; a proxy before DynamoDB kills the worker that wrote",
    bring_about=bring_about,
    in_small=partial(bring_about, kills=6),
)
