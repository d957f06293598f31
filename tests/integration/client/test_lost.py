"""Events, answers and connections that are lost on the way, and how that is made good."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from shared.clock import now_ms
from shared.commands import (
    AnyCommand,
    Ping,
    PlaceBid,
    WhoIsHere,
)
from shared.limits import CONNECTION_LIFETIME_MS
from shared.replies import Accepted, Presence
from tests.integration.client.entering import QUICK, RESTLESS, SOON, entered
from tests.integration.client.fake_server import (
    Drop,
    FakeServer,
    Ignore,
    Silence,
    eventually,
    placed,
    running_server,
)


def bids_received(server: FakeServer) -> list[PlaceBid]:
    return [command for command in server.commands if isinstance(command, PlaceBid)]


def once(kind: type[Any], trouble: type[Exception]) -> Callable[[Any], None]:
    """Trouble the first time a command of this kind comes by."""
    left = [trouble]

    def make(command: AnyCommand) -> None:
        if isinstance(command, kind) and left:
            raise left.pop()

    return make


async def test_a_lost_event_is_asked_for_when_the_next_one_shows_the_gap() -> None:
    async with running_server(lose={3}) as server, await entered(server) as client:
        listening = client.events()
        await server.happen(placed(1, 100))
        await server.happen(placed(2, 200))
        await client.wait_until(lambda view: view.seq == 4, SOON)
        told = [await anext(listening), await anext(listening)]
        assert [getattr(event, "seq", None) for event in told] == [3, 4]


async def test_a_lost_last_event_is_noticed_by_the_ping() -> None:
    options = replace(QUICK, patience=RESTLESS)
    async with running_server(lose={3}) as server, await entered(server, options) as client:
        await server.happen(placed(1, 100))
        view = await client.wait_until(lambda view: view.seq == 3, SOON)
        assert view == server.view


async def test_a_long_absence_is_told_event_by_event_over_several_replies() -> None:
    async with running_server() as server, await entered(server) as client:
        listening = client.events()
        for amount in range(100, 1_100, 100):
            server.commit(placed(1, amount))
        await server.drop_everyone()
        told = [await anext(listening) for _ in range(10)]
        assert [getattr(event, "seq", None) for event in told] == list(range(3, 13))


async def test_a_dropped_client_comes_back_with_a_fresh_ticket() -> None:
    async with running_server() as server, await entered(server) as client:
        await server.drop_everyone()
        await client.send(WhoIsHere)
        assert (server.connections_made, server.tickets_made) == (2, 2)


async def test_a_bid_whose_answer_was_lost_is_known_by_its_event_and_not_made_again() -> None:
    async with (
        running_server(after_commit=once(PlaceBid, Drop)) as server,
        await entered(server) as client,
    ):
        answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=100)
        assert isinstance(answer, Accepted)
        assert answer.seq == 3
        assert len(bids_received(server)) == 1


async def test_a_bid_that_never_arrived_is_sent_again_with_the_same_request_id() -> None:
    async with (
        running_server(on_command=once(PlaceBid, Drop)) as server,
        await entered(server) as client,
    ):
        answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=100)
        assert isinstance(answer, Accepted)
        first, second = bids_received(server)
        assert first == second


async def test_a_lost_bid_waits_until_everything_missed_was_read() -> None:
    """Its event may be on a later page of the answer."""

    def drop_under_many_bids(bid: PlaceBid) -> None:
        for amount in range(200, 1_200, 100):
            server.commit(placed(2, amount))
        server.after_commit = lambda bid: None
        raise Drop

    async with running_server() as server:
        server.after_commit = drop_under_many_bids
        async with await entered(server) as client:
            await server.happen(placed(2, 100))
            answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=200)
            assert isinstance(answer, Accepted)
            assert len(bids_received(server)) == 1


async def test_a_command_that_the_server_failed_is_sent_again() -> None:
    options = replace(QUICK, answer_s=0.02)
    async with (
        running_server(on_command=once(PlaceBid, Ignore)) as server,
        await entered(server, options) as client,
    ):
        answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=100)
        assert isinstance(answer, Accepted)
        assert len({bid.request_id for bid in bids_received(server)}) == 1


async def test_a_command_given_while_away_is_sent_on_return() -> None:
    async with running_server() as server, await entered(server) as client:
        await server.drop_everyone()
        answers = await asyncio.gather(*(client.send(WhoIsHere) for _ in range(5)))
        assert all(isinstance(answer, Presence) for answer in answers)


async def test_a_connection_is_renewed_before_its_lifetime_ends() -> None:
    passed_ms = 0
    options = replace(QUICK, now_ms=lambda: now_ms() + passed_ms, patience=RESTLESS)
    async with running_server() as server, await entered(server, options) as client:
        passed_ms = int(CONNECTION_LIFETIME_MS * 0.96)
        listening = client.events()
        await eventually(lambda: server.connections_made == 2 and bool(server.sockets))
        await server.happen(placed(1, 100))
        await client.wait_until(lambda view: view.seq == 3, SOON)
        assert getattr(await anext(listening), "seq", None) == 3


async def test_a_young_connection_is_kept() -> None:
    passed_ms = 0
    options = replace(QUICK, now_ms=lambda: now_ms() + passed_ms, patience=RESTLESS)
    async with running_server() as server, await entered(server, options) as client:
        passed_ms = int(CONNECTION_LIFETIME_MS * 0.8)
        pings = len(server.commands)
        await eventually(lambda: len(server.commands) >= pings + 3)
        assert client.view.synced
        assert server.connections_made == 1


async def test_a_silent_connection_is_replaced() -> None:
    def ignore_pings(command: AnyCommand) -> None:
        if isinstance(command, Ping) and server.connections_made == 1:
            raise Silence

    async with running_server() as server:
        server.on_command = ignore_pings
        impatient = replace(RESTLESS, answer_s=0.02)
        async with await entered(server, replace(QUICK, patience=impatient)):
            await eventually(lambda: server.connections_made == 2)
