"""Half of all posts to connections fail, in each of the ways that they can."""

from __future__ import annotations

import asyncio
import random
import statistics
import threading
import time
from collections import Counter
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import boto3

from chaos.deployed import deployed_system, set_environment
from chaos.fault import Fault, Outcome, say
from chaos.proxy import Lost, Request, Response, Untouched, running_proxy
from shared.client import AuctionClient, AuctionView, Backoff, Options, Patience, connect
from shared.clock import now_ms
from shared.commands import Hammer, NextLot, OpenAuction, PassLot, PlaceBid
from shared.replies import Accepted, RefusedReply
from tests.e2e.system import BIDDER, COMMISSIONER, RIVAL, SPECTATOR, THIRD, System

BIDS = 75
"""On each side of the comparison."""

LOTS = ("L01", "L02", "L03", "L04", "L05", "L06")
GHOSTS = 6
"""Rows of connections that ended without API Gateway's telling anybody."""

OLD_MS = 60_000
HURRIED = Options(backoff=Backoff(first_s=0.05), patience=Patience(0.5, 0.5), answer_s=15)
HANGS, WRONGLY_GONE = 0.02, 0.02
"""Shares of the posts; what is left to half of them is throttled (429)."""

POSTERS = ("placeBid", "runCommand")


class FailsPosts(Untouched):
    """Answers for API Gateway at random, when `failing`."""

    def __init__(self) -> None:
        self.failing = False
        self.posts: Counter[str] = Counter()
        self.over = threading.Event()
        self._chance = random.Random(4)
        self._lock = threading.Lock()

    def before(self, request: Request) -> Response | None:
        if not self.failing or request.method != "POST":
            return None
        match self._fate():
            case "410":
                return _error(410, "GoneException")
            case "429":
                return _error(429, "LimitExceededException")
            case "timeout":
                self.over.wait(5)
                raise Lost
        return None

    def _fate(self) -> str:
        with self._lock:
            total = self.posts.total()
            draw = self._chance.random()
            if draw < HANGS:
                fate = "timeout"
            elif draw < HANGS + WRONGLY_GONE:
                fate = "410"
            elif (total - self.posts["sent"]) * 2 < total + self._chance.choice((-1, 1, 3)):
                fate = "429"
            else:
                fate = "sent"
            self.posts[fate] += 1
            return fate


def _error(status: int, code: str) -> Response:
    headers = [("x-amzn-ErrorType", code), ("Content-Type", "application/json")]
    return Response(status, headers, b'{"message":"chaos"}')


class _Played(NamedTuple):
    calm_s: list[float]
    failing_s: list[float]
    answers: Counter[str]
    views: list[AuctionView]
    converged_s: float
    seq: int


def bring_about(bids: int = BIDS) -> Outcome:
    with deployed_system() as system:
        auction_id = system.make_league(clock="600s")
        ghosts = _make_ghosts(system, auction_id)
        meddler = FailsPosts()
        with running_proxy(system.emulator.port, meddler) as port:
            address = urlsplit(_sockets_endpoint())
            endpoint = f"http://127.0.0.1:{port}{address.path}"
            for function in POSTERS:
                set_environment(function, SOCKETS_ENDPOINT=endpoint)
            try:
                played = asyncio.run(_play(system, auction_id, meddler, bids))
            finally:
                meddler.over.set()
        listed = system.inner_table("ConnectionsTable").scan()["Items"]
        left = sum(row["connection_id"] in ghosts for row in listed)
        books = system.reconcile(auction_id)
    return _outcome(played, meddler, left, books)


def _sockets_endpoint() -> str:
    known = boto3.client("lambda").get_function_configuration(
        FunctionName=f"calcutta-websocket-local-{POSTERS[0]}", Qualifier="live"
    )
    return str(known["Environment"]["Variables"]["SOCKETS_ENDPOINT"])


def _make_ghosts(system: System, auction_id: str) -> set[str]:
    table = system.inner_table("ConnectionsTable")
    ghosts = {f"ghost{place}" for place in range(GHOSTS)}
    for ghost in ghosts:
        table.put_item(
            Item={
                "auction_id": auction_id,
                "connection_id": ghost,
                "number": 77,
                "name": "Ghost",
                "role": "bidder",
                "user_id": "ghost",
                "connected_at_ms": now_ms() - OLD_MS,
                "expires_at": now_ms() // 1000 + 3_600,
            }
        )
    return ghosts


async def _play(system: System, auction_id: str, meddler: FailsPosts, bids: int) -> _Played:
    async with AsyncExitStack() as stack:

        async def enter(email: str) -> AuctionClient:
            endpoint = system.endpoint(auction_id, email)
            return await stack.enter_async_context(await connect(endpoint, options=HURRIED))

        commissioner = await enter(COMMISSIONER)
        bidders = [await enter(BIDDER), await enter(RIVAL)]
        clients = [commissioner, *bidders, await enter(THIRD), await enter(SPECTATOR)]
        await commissioner.send(OpenAuction)
        answers: Counter[str] = Counter()
        await _warm_up(commissioner, bidders)
        # first with nothing but the ghosts wrong: the emulator answers 410 for them
        calm_s = await _bid_on(LOTS[:3], commissioner, bidders, bids, answers)
        meddler.failing = True
        failing_s = await _bid_on(LOTS[3:], commissioner, bidders, bids, answers)
        started = time.monotonic()
        seq = system.seq(auction_id)
        for client in clients:
            await client.wait_until(lambda view: view.seq == seq, 30)
        converged_s = time.monotonic() - started
        return _Played(calm_s, failing_s, answers, [it.view for it in clients], converged_s, seq)


async def _warm_up(commissioner: AuctionClient, bidders: list[AuctionClient]) -> None:
    """Start the workers that are measured: beside those of five clients that ping, it takes two
    processors up to eight seconds."""
    await commissioner.send(NextLot, lot_id=LOTS[0])
    for place, bidder in enumerate(bidders, start=1):
        await bidder.send(PlaceBid, lot_id=LOTS[0], amount_cents=100 * place)
    await commissioner.send(PassLot, lot_id=LOTS[0])


async def _bid_on(
    lots: tuple[str, ...],
    commissioner: AuctionClient,
    bidders: list[AuctionClient],
    bids: int,
    answers: Counter[str],
) -> list[float]:
    """Seconds that each command took."""
    took: list[float] = []

    async def send(client: AuctionClient, kind: Any, **fields: Any) -> None:
        started = time.monotonic()
        answer = await client.send(kind, **fields)
        assert isinstance(answer, Accepted | RefusedReply)
        took.append(time.monotonic() - started)
        answers["accepted" if isinstance(answer, Accepted) else answer.code] += 1

    for lot in lots:
        await send(commissioner, NextLot, lot_id=lot)
        for place in range(bids // len(lots)):
            # the winners take turns too, as nobody has money for all lots
            bidder = bidders[(place + LOTS.index(lot)) % 2]
            await send(bidder, PlaceBid, lot_id=lot, amount_cents=100 * (place + 1))
        await send(commissioner, Hammer, lot_id=lot, forced=True)
        say(f"lot {lot} sold, {len(took)} commands")
    return took


def _outcome(
    played: _Played, meddler: FailsPosts, ghosts_left: int, books: dict[str, Any]
) -> Outcome:
    posts, total = meddler.posts, meddler.posts.total()
    failed = total - posts["sent"]
    commands = len(played.calm_s) + len(played.failing_s)
    failures = []
    if played.answers["accepted"] != commands:
        failures.append(f"not every command was accepted: {dict(played.answers)}")
    if ghosts_left:
        failures.append(f"{ghosts_left} of {GHOSTS} dead connections are still listed")
    if len({str((it.seq, it.lot_states, it.spent, it.current)) for it in played.views}) != 1:
        failures.append("the clients do not see the same")
    if not books["equal"]:
        failures.append(f"the books differ: {books['differences'][:3]}")
    return Outcome(
        figures=[
            f"{total} posts, {failed / max(1, total):.0%} failed: "
            + ", ".join(f"{posts[fate]} with {fate}" for fate in ("410", "429", "timeout")),
            f"{played.answers['accepted']} of {commands} commands accepted; median "
            f"{statistics.median(played.calm_s) * 1000:.0f} ms before and "
            f"{statistics.median(played.failing_s) * 1000:.0f} ms during, longest "
            f"{max(played.calm_s) * 1000:.0f} ms before and {max(played.failing_s) * 1000:.0f} ms "
            "during (a post that hangs is given up after 1 s)",
            f"{GHOSTS - ghosts_left} of {GHOSTS} dead connections removed",
            f"{len(played.views)} clients at the same state {played.converged_s:.2f} s after the "
            f"last command (they ping after {HURRIED.patience.quiet_s:g} quiet seconds here); "
            "reconcile: " + ("equal" if books["equal"] else "differs"),
        ],
        failures=failures,
    )


FAULT = Fault(
    name="posts-fail",
    what="half of all `post_to_connection` calls fail (410, 429, timeouts)",
    must_hold="commands unaffected, dead connections removed, clients converge to the same state",
    on="the real deploy on the emulator; a proxy answers for API Gateway's management endpoint",
    bring_about=bring_about,
    in_small=partial(bring_about, bids=20),
)
