"""The database is down for a whole auction, and comes up when it is over."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from calcutta import entry
from calcutta.bots.progress import line_of
from calcutta.bots.run import Outcome as Played
from calcutta.bots.run import run_bots
from calcutta.bridge import Bridge
from chaos.deployed import deployed_system
from chaos.fault import CannotRun, Fault, Outcome, say
from chaos.night import EXAMPLE
from shared.auction import Member
from shared.client import AuctionClient, Endpoint
from shared.replies import EventReply
from tests.databases.postgresql import running_postgresql
from tests.databases.server import Server, ServerMissing
from tests.e2e.system import System, wait_for

WHOLE_NIGHT = "CHAOS_WHOLE_NIGHT"
"""If set, all 61 lots and 12 bidders of the example; otherwise six lots and three bidders."""

PACE_S = 0.2
REDELIVERY_S = 15
"""The apply queue's visibility timeout here; 180 in the template, that is as long to wait for."""

ARRIVAL_S = 300


class Lines:
    """Progress: each lot that ends."""

    async def watch(self, client: AuctionClient) -> None:
        async for message in client.events():
            if isinstance(message, EventReply) and (line := line_of(client.view, message.event)):
                say(line)


def bring_about() -> Outcome:
    with _postgresql() as server, deployed_system(server.url) as system:
        _redeliver_sooner()
        auction_id = _make_league(system)
        members = Bridge(system.stage).list_sales(auction_id).members
        system.calcutta("auction", "open", auction_id)
        wait_for(lambda: _rows(system, auction_id) == 1)
        server.kill()
        say("SQL is down")
        started = time.monotonic()
        played = asyncio.run(_play(system, auction_id, members))
        down_s = time.monotonic() - started
        server.start()
        say("SQL is up")
        up = time.monotonic()
        books = _reconcile(system, auction_id)
        return _outcome(played, books, down_s, time.monotonic() - up, len(members))


@contextmanager
def _postgresql() -> Iterator[Server]:
    try:
        with running_postgresql() as server:
            yield server
    except ServerMissing as missing:
        raise CannotRun(str(missing)) from None


def _make_league(system: System) -> str:
    if not os.environ.get(WHOLE_NIGHT):
        return system.make_league(clock="3s")
    made = system.calcutta(
        *("league", "create", "--json", "--budget", "1000.00", "--bundle-seed", "16"),
        *("--teams", str(EXAMPLE / "teams.csv"), "--members", str(EXAMPLE / "members.csv")),
        *("--clock", "2500ms", "--extension", "1s"),
    )
    auction_id: str = json.loads(made.stdout)["auction_id"]
    return auction_id


async def _play(system: System, auction_id: str, members: tuple[Member, ...]) -> Played:
    def enter(member: Member) -> Endpoint:
        operator = entry.as_operator(system.users, member.user_id)
        return entry.endpoint(system.stage, auction_id, operator)

    return await run_bots(
        auction_id,
        members,
        enter,
        seed=1,
        pace_s=PACE_S,
        progress=Lines(),
        commissioner=next(it for it in members if it.role == "commissioner"),
    )


def _rows(system: System, auction_id: str) -> int:
    return len(list(Bridge(system.stage).list_events(auction_id)))


def _redeliver_sooner() -> None:
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="calcutta-rds-bridge-local-apply.fifo")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(REDELIVERY_S)})


def _reconcile(system: System, auction_id: str) -> dict[str, Any]:
    """What `calcutta sync reconcile` says, whether the books are equal or not."""
    arguments = ("sync", "reconcile", auction_id, "--json", "--wait", str(ARRIVAL_S))
    books: dict[str, Any] = json.loads(system.calcutta(*arguments).stdout)
    return books


def _outcome(
    played: Played, books: dict[str, Any], down_s: float, arrival_s: float, members: int
) -> Outcome:
    failures = []
    if not books["equal"]:
        failures.append(f"the books differ: {books['differences'][:3]}")
    if books["events"] != played.seq or books["sales"] != played.sold:
        failures.append(f"{played.seq} events and {played.sold} sales, in SQL {books['events']} "
                        f"and {books['sales']}")  # fmt: skip
    return Outcome(
        figures=[
            f"{played.sold + played.passed} lots of {members} members with SQL down for "
            f"{down_s:.0f} s: {played.sold} sold, {played.passed} passed, the auction closed",
            f"{books['events']} of {played.seq} events and {books['sales']} of {played.sold} sales "
            f"in SQL {arrival_s:.0f} s after it was up (redelivery after {REDELIVERY_S} s here); "
            f"reconcile: {'equal' if books['equal'] else 'differs'}",
        ],
        failures=failures,
    )


FAULT = Fault(
    name="sql-down",
    what="SQL down for a whole auction, then up",
    must_hold="auction unaffected; all rows arrive; reconcile: equal",
    on="the real deploy on the emulator, with PostgreSQL; "
    f"`{WHOLE_NIGHT}=1` plays all 61 lots, otherwise six; "
    "an outage shorter than the queue's patience (maxReceiveCount times its visibility timeout)",
    bring_about=bring_about,
    in_small=bring_about,
)
