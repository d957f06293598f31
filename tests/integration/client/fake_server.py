"""A server of the tests' own: tickets over HTTP, one auction over WebSockets, and trouble."""

from __future__ import annotations

import asyncio
import http
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from shared.client import AuctionView, Endpoint
from shared.clock import now_ms
from shared.codec import decode_command, encode
from shared.commands import AnyCommand, GetState, Ping, PlaceBid, SendChat, WhoIsHere
from shared.errors import Refused
from shared.events import AnyEvent, AuctionOpened, BidPlaced, LotOpened
from shared.replies import (
    Accepted,
    Chat,
    ChatSent,
    EventInPlace,
    Pong,
    Presence,
    Reply,
    refusal_of,
)
from tests.unit.client.auctions import event_reply, opened, snapshot_of

PAGE = 3
"""Events in one `state` reply."""


class FakeServer:
    """One auction with lot-1 up.

    Attributes:
        lose: seqs of events that are not broadcast.
        on_command: called with each command before it is served; may raise `Drop`, `Silence` or
            `Ignore`.
        after_commit: called with each accepted bid before anyone is told; may raise the same.
        ticket_status: what the ticket endpoint answers.
        commands: all that were received, in order.
    """

    def __init__(self) -> None:
        self.events: list[AnyEvent] = [AuctionOpened(at_ms=1, rules_version=1)]
        self.view = AuctionView().fold(opened())
        self.lose: set[int] = set()
        self.on_command: Callable[[AnyCommand], None] = lambda command: None
        self.after_commit: Callable[[PlaceBid], None] = lambda bid: None
        self.ticket_status = 201
        self.tickets: set[str] = set()
        self.tokens: list[str] = []
        self.tickets_made = 0
        self.connections_made = 0
        self.sockets: set[ServerConnection] = set()
        self.commands: list[AnyCommand] = []
        self.time_offset_ms = 0
        self.http_port = 0
        self.port = 0

    def commit(self, event: AnyEvent) -> int:
        seq = self.view.seq + 1
        self.events.append(event)
        self.view = self.view.fold(event_reply(seq, event))
        return seq

    async def happen(self, event: AnyEvent) -> int:
        """Something happens and everyone is told."""
        seq = self.commit(event)
        await self.tell_everyone(seq)
        return seq

    async def drop_everyone(self) -> None:
        for socket in list(self.sockets):
            socket.transport.abort()

    def endpoint(self, token: Callable[[], str] = lambda: "token") -> Endpoint:
        return Endpoint(
            tickets_url=f"http://127.0.0.1:{self.http_port}",
            websocket_url=f"ws://127.0.0.1:{self.port}/live",
            auction_id="auction",
            token=token,
        )

    async def answer_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        assert head.startswith("POST /auctions/auction/tickets ")
        lines = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        self.tokens.append(lines["authorization"].removeprefix("bearer "))
        self.tickets_made += 1
        ticket = f"ticket-{self.tickets_made}"
        self.tickets.add(ticket)
        body = msgspec.json.encode({"ticket": ticket, "expires_at_ms": now_ms() + 30_000})
        writer.write(
            f"HTTP/1.1 {self.ticket_status} X\r\ncontent-length: {len(body)}\r\n"
            "connection: close\r\n\r\n".encode()
            + body
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    def check_ticket(self, connection: ServerConnection, request: Request) -> Response | None:
        query = parse_qs(urlsplit(request.path).query)
        ticket = query["ticket"][0]
        if query["auction"] != ["auction"] or ticket not in self.tickets:
            return connection.respond(http.HTTPStatus.FORBIDDEN, "no\n")
        self.tickets.remove(ticket)
        return None

    async def serve_socket(self, socket: ServerConnection) -> None:
        self.connections_made += 1
        self.sockets.add(socket)
        try:
            async for frame in socket:
                assert isinstance(frame, str)
                command = decode_command(frame)
                self.commands.append(command)
                try:
                    self.on_command(command)
                    await self._serve(socket, command)
                except Silence:
                    continue
                except Drop:
                    socket.transport.abort()
                except Ignore:
                    await socket.send('{"message": "Internal server error", "requestId": "x"}')
        except ConnectionClosed:
            pass
        finally:
            self.sockets.discard(socket)

    async def _serve(self, socket: ServerConnection, command: AnyCommand) -> None:
        match command:
            case PlaceBid():
                await self._bid(socket, command)
            case GetState():
                missed = tuple(
                    EventInPlace(seq, event)
                    for seq, event in enumerate(self.events, start=1)
                    if seq > command.since_seq
                )
                state = snapshot_of(self.view, missed[:PAGE])
                await send_to(
                    socket,
                    msgspec.structs.replace(
                        state,
                        request_id=command.request_id,
                        server_time_ms=now_ms() + self.time_offset_ms,
                        complete=len(missed) <= PAGE,
                    ),
                )
            case Ping():
                await send_to(
                    socket,
                    Pong(
                        request_id=command.request_id,
                        client_time_ms=command.client_time_ms,
                        server_time_ms=now_ms() + self.time_offset_ms,
                        seq=self.view.seq,
                    ),
                )
            case SendChat():
                chat_id = f"1-{command.request_id}"
                for everyone in list(self.sockets):
                    await send_to(
                        everyone,
                        Chat(chat_id=chat_id, at_ms=1, number=1, name="Ben", text=command.text),
                    )
                await send_to(socket, ChatSent(request_id=command.request_id, chat_id=chat_id))
            case WhoIsHere():
                await send_to(socket, Presence(request_id=command.request_id, members=()))
            case _:
                raise AssertionError(command)

    async def _bid(self, socket: ServerConnection, bid: PlaceBid) -> None:
        current = self.view.current
        assert current is not None
        if bid.amount_cents < current.minimum_cents:
            refusal = Refused(
                "bid_too_low", "too low", minimum_cents=current.minimum_cents, seq=self.view.seq
            )
            await send_to(socket, refusal_of(refusal, bid.request_id))
            return
        seq = self.commit(placed(1, bid.amount_cents, bid.request_id))
        self.after_commit(bid)
        await self.tell_everyone(seq)
        await send_to(socket, Accepted(request_id=bid.request_id, seq=seq))

    async def tell_everyone(self, seq: int) -> None:
        if seq not in self.lose:
            for socket in list(self.sockets):
                await send_to(socket, event_reply(seq, self.events[seq - 1]))


class Drop(Exception):
    """The connection breaks here."""


class Silence(Exception):
    """Nothing comes back."""


class Ignore(Exception):
    """The Lambda fails here; API Gateway says so in its own words."""


async def send_to(socket: ServerConnection, message: Reply) -> None:
    with suppress(ConnectionClosed):
        await socket.send(encode(message).decode())


async def eventually(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    """Wait for a condition on what has no event to wait for."""
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.005)


def placed(bidder: int, amount: int, request_id: str | None = None) -> BidPlaced:
    return BidPlaced(
        at_ms=now_ms(),
        actor=bidder,
        request_id=request_id,
        lot_id="lot-1",
        bidder=bidder,
        amount_cents=amount,
        minimum_cents=amount + 100,
        extended_to_ms=now_ms() + 10_000,
    )


@asynccontextmanager
async def listening(server: FakeServer) -> AsyncIterator[None]:
    """Serve on free ports of the loopback."""
    tickets = await asyncio.start_server(server.answer_http, "127.0.0.1", 0)
    server.http_port = tickets.sockets[0].getsockname()[1]
    async with (
        tickets,
        serve(
            server.serve_socket,
            "127.0.0.1",
            0,
            process_request=server.check_ticket,
            ping_interval=None,
            close_timeout=1,
        ) as sockets,
    ):
        server.port = next(iter(sockets.sockets)).getsockname()[1]
        yield


@asynccontextmanager
async def running_server(**attributes: Any) -> AsyncIterator[FakeServer]:
    """A server with these attributes, lot-1 up at seq 2."""
    server = FakeServer()
    for name, value in attributes.items():
        setattr(server, name, value)
    server.commit(
        LotOpened(
            at_ms=now_ms(),
            lot_id="lot-1",
            minimum_cents=100,
            deadline_ms=now_ms() + 15_000,
            rules_version=1,
        )
    )
    async with listening(server):
        yield server
