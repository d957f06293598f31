from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from shared.client import connect
from shared.clock import now_ms
from shared.codec import decode_reply, encode
from shared.commands import AnyCommand, GetState, Ping, PlaceBid, SendChat, WhoIsHere
from shared.errors import NotFound, RoomFull, TicketRefused, Unavailable
from shared.replies import Accepted, Chat, ChatSent, Presence, RefusedReply, State
from tests.integration.client.entering import QUICK, SOON, entered
from tests.integration.client.fake_server import Silence, eventually, placed, running_server


async def test_a_client_begins_with_a_snapshot() -> None:
    async with running_server() as server, await entered(server) as client:
        assert client.view == server.view


async def test_a_bid_is_accepted_and_seen() -> None:
    async with running_server() as server, await entered(server) as client:
        answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=100)
        assert isinstance(answer, Accepted)
        assert answer.seq == 3
        view = await client.wait_until(lambda view: view.seq == 3, SOON)
        assert view.current is not None
        assert view.current.high_cents == 100


async def test_a_refusal_is_an_answer_with_its_reason() -> None:
    async with running_server() as server, await entered(server) as client:
        answer = await client.send(PlaceBid, lot_id="lot-1", amount_cents=1)
        assert isinstance(answer, RefusedReply)
        assert (answer.code, answer.minimum_cents) == ("bid_too_low", 100)


async def test_questions_are_answered_by_their_kind() -> None:
    async with running_server() as server, await entered(server) as client:
        assert isinstance(await client.send(WhoIsHere), Presence)
        assert isinstance(await client.send(GetState), State)
        assert isinstance(await client.send(SendChat, text="hello"), ChatSent)


async def test_events_and_chat_are_told_in_order() -> None:
    async with running_server() as server, await entered(server) as client:
        listening = client.events()
        await server.happen(placed(1, 100))
        await client.send(SendChat, text="hello")
        event, chat = await anext(listening), await anext(listening)
        assert event == decode_reply(encode(event))
        assert isinstance(chat, Chat)
        assert chat.text == "hello"


async def test_the_server_s_time_is_learned_from_pings() -> None:
    async with (
        running_server(time_offset_ms=3_600_000) as server,
        await entered(server) as client,
    ):
        await eventually(lambda: client.server_now_ms() > now_ms() + 3_000_000)


async def test_the_server_s_time_is_known_from_the_first_snapshot_on() -> None:
    def ignore_pings(command: AnyCommand) -> None:
        if isinstance(command, Ping):
            raise Silence

    async with running_server(time_offset_ms=3_600_000) as server:
        server.on_command = ignore_pings
        async with await entered(server) as client:
            assert client.server_now_ms() > now_ms() + 3_000_000


async def test_what_was_measured_before_the_local_clock_was_set_ends_with_the_connection() -> None:
    set_by_ms = 0

    def ignore_later_pings(command: AnyCommand) -> None:
        if isinstance(command, Ping) and server.connections_made > 1:
            raise Silence

    options = replace(QUICK, now_ms=lambda: now_ms() + set_by_ms)
    async with running_server() as server:
        server.on_command = ignore_later_pings
        async with await entered(server, options) as client:
            await eventually(lambda: abs(client.server_now_ms() - now_ms()) < 1_000)
            set_by_ms = 3_600_000
            await server.drop_everyone()
            await eventually(lambda: abs(client.server_now_ms() - now_ms()) < 1_000)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, TicketRefused),
        (403, TicketRefused),
        (404, NotFound),
        (400, NotFound),
        (409, RoomFull),
    ],
)
async def test_a_refused_ticket_ends_the_attempt(status: int, error: type[Exception]) -> None:
    async with running_server(ticket_status=status) as server:
        with pytest.raises(error):
            await entered(server)


async def test_a_busy_ticket_service_is_tried_again_until_the_time_is_over() -> None:
    async with running_server(ticket_status=503) as server:
        with pytest.raises(Unavailable, match="status 503"):
            await connect(server.endpoint(), timeout_s=0.2, options=QUICK)
        assert server.tickets_made > 1


async def test_a_member_who_was_removed_learns_so_when_cut_off() -> None:
    async with running_server() as server, await entered(server) as client:
        server.ticket_status = 403
        await server.drop_everyone()
        with pytest.raises(TicketRefused):
            await client.wait_until(lambda view: False, SOON)
        with pytest.raises(TicketRefused):
            await client.send(WhoIsHere)


async def test_every_ticket_is_bought_with_a_fresh_token() -> None:
    tokens = iter(["first", "second"])
    async with running_server() as server:
        endpoint = server.endpoint(token=lambda: next(tokens))
        async with await connect(endpoint, timeout_s=SOON, options=QUICK) as client:
            await server.drop_everyone()
            await client.send(WhoIsHere)
            assert server.tokens == ["first", "second"]


async def test_closing_fails_what_waits_and_ends_what_listens() -> None:
    async with running_server() as server:
        client = await entered(server)
        listening = client.events()
        waiting = asyncio.create_task(client.wait_until(lambda view: False))
        await asyncio.sleep(0)
        await client.aclose()
        with pytest.raises(Unavailable):
            await waiting
        assert [message async for message in listening] == []


async def test_a_condition_that_raises_fails_only_the_one_who_waits_for_it() -> None:
    async with running_server() as server, await entered(server) as client:
        wrong = asyncio.create_task(client.wait_until(lambda view: 1 // (3 - view.seq) < 0))
        right = asyncio.create_task(client.wait_until(lambda view: view.seq == 3))
        await asyncio.sleep(0)
        await server.happen(placed(1, 100))
        with pytest.raises(ZeroDivisionError):
            await wrong
        assert (await right).seq == 3


async def test_raw_frames_can_be_spoken_on_a_socket_of_one_s_own() -> None:
    async with running_server() as server:
        socket = await server.endpoint().open_socket()
        await socket.send(encode(WhoIsHere(request_id="raw")).decode())
        assert decode_reply(await socket.recv()) == Presence(request_id="raw", members=())
        await socket.close()
