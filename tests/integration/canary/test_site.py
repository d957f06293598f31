"""The doors of a stage, as the canary finds them: a fake server on the loopback."""

from __future__ import annotations

import http.server
import io
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from canary_service.adapters.line import SocketLine
from canary_service.adapters.site import StageSite
from canary_service.logic.ports import Entry, StepFailed
from shared.bridge import EventsPage
from shared.commands import PlaceBid
from shared.errors import (
    Busy,
    CalleeFailed,
    LobbyClosed,
    NotFound,
    TicketRefused,
    Unavailable,
)
from shared.events import LedgerEntry, LotPassed
from shared.replies import Accepted

pytestmark = pytest.mark.timeout(30)

ENTRY = Entry("token-of-the-canary", "synthetic-a")
BID = PlaceBid(request_id="r1", lot_id="L01", amount_cents=1)
NOWHERE = "127.0.0.1:1"


class Bridge:
    """Lambda, with two functions of the bridge."""

    def __init__(self, *entries: LedgerEntry) -> None:
        self.entries = entries
        self.asked: list[tuple[str, Any]] = []

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:
        request = json.loads(Payload)["request"]
        self.asked.append((FunctionName, request))
        if FunctionName == "list":
            after = [it for it in self.entries if it.seq > request["after_seq"]]
            reply: object = EventsPage(tuple(after), more=False)
        elif FunctionName == "forget":
            reply = {"events": 1}
        else:
            return {"Payload": io.BytesIO(), "FunctionError": "Unhandled"}
        return {"Payload": io.BytesIO(msgspec.json.encode({"reply": reply}))}


def site(
    *,
    tickets: str = NOWHERE,
    lobby: str = NOWHERE,
    sockets: str = NOWHERE,
    bridge: Bridge | None = None,
    list_events_arn: str = "list",
) -> StageSite:
    return StageSite(
        lambda: ENTRY,
        tickets_url=f"http://{tickets}",
        lobby_url=f"http://{lobby}",
        websocket_url=f"ws://{sockets}/live",
        client=bridge or Bridge(),
        list_events_arn=list_events_arn,
        forget_events_arn="forget",
    )


@contextmanager
def ticket_office(status: int, body: bytes = b"{}") -> Iterator[tuple[str, list[str | None]]]:
    """An HTTP API that answers everything like this; its address, and what it was shown."""
    shown: list[str | None] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            shown.extend((self.path, self.headers["authorization"]))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.do_POST()

        def do_DELETE(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", shown
        server.shutdown()


@asynccontextmanager
async def doorkeeper(
    answer: Callable[[ServerConnection], Any], refuses: int | None = None
) -> AsyncIterator[str]:
    """A WebSocket server; its address."""

    def check(connection: ServerConnection, request: Request) -> Response | None:
        return Response(refuses, "no", Headers()) if refuses else None

    async with serve(answer, "127.0.0.1", 0, process_request=check) as server:
        yield f"127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


async def says(connection: ServerConnection, frame: str) -> None:
    await connection.recv()
    await connection.send(frame)


async def test_a_ticket_is_asked_for_with_the_token() -> None:
    given = b'{"ticket": "t-1", "expires_at_ms": 1}'
    with ticket_office(201, given) as (address, shown):
        assert await site(tickets=address).get_ticket(ENTRY) == "t-1"
    assert shown == ["/auctions/synthetic-a/tickets", "Bearer token-of-the-canary"]


@pytest.mark.parametrize(
    ("status", "error"), [(401, TicketRefused), (404, NotFound), (500, Unavailable)]
)
async def test_a_ticket_that_is_not_given_says_why(status: int, error: type[Exception]) -> None:
    with ticket_office(status) as (address, _), pytest.raises(error):
        await site(tickets=address).get_ticket(ENTRY)


async def test_a_ticket_service_that_is_down_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await site().get_ticket(ENTRY)


async def test_the_line_is_joined_looked_at_and_left_with_the_token() -> None:
    with ticket_office(200, b'{"state": "admitted", "ticket": "t-1"}') as (address, shown):
        here = site(lobby=address)
        assert (await here.join_line(ENTRY)).ticket == "t-1"
        assert (await here.look_at_line(ENTRY)).state == "admitted"
        await here.leave_line(ENTRY)
    queue = "/auctions/synthetic-a/queue"
    assert shown[0::2] == [queue, f"{queue}/me", f"{queue}/me"]
    assert set(shown[1::2]) == {"Bearer token-of-the-canary"}


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, TicketRefused),
        (404, NotFound),
        (410, LobbyClosed),
        (429, Busy),
        (500, Unavailable),
        (200, Unavailable),
    ],
)
async def test_a_line_that_does_not_take_one_says_why(status: int, error: type[Exception]) -> None:
    with ticket_office(status) as (address, _), pytest.raises(error):
        await site(lobby=address).join_line(ENTRY)


async def test_a_lobby_that_is_down_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await site().join_line(ENTRY)


async def test_a_command_is_answered_on_the_line() -> None:
    async with doorkeeper(
        lambda it: says(it, '{"type":"accepted","request_id":"r1","seq":7}')
    ) as address:
        line = await site(sockets=address).connect(ENTRY, "t-1")
        await line.send(BID)
        assert await line.receive() == Accepted(request_id="r1", seq=7)
        await line.close()


async def test_a_door_with_no_place_left_is_busy() -> None:
    async with doorkeeper(lambda it: it.wait_closed(), refuses=429) as address:
        with pytest.raises(Busy):
            await site(sockets=address).connect(ENTRY, "t-1")


async def test_a_door_that_refuses_does_not_quote_the_ticket() -> None:
    async with doorkeeper(lambda it: it.wait_closed(), refuses=403) as address:
        with pytest.raises(Unavailable) as refused:
            await site(sockets=address).connect(ENTRY, "t-secret")
    assert "t-secret" not in str(refused.value)


async def test_a_function_that_fails_behind_the_line_is_seen_at_once() -> None:
    failed = '{"message": "Internal server error", "connectionId":"c", "requestId":"q"}'
    async with doorkeeper(lambda it: says(it, failed)) as address:
        line = await site(sockets=address).connect(ENTRY, "t-1")
        await line.send(BID)
        with pytest.raises(StepFailed, match="the function behind it failed"):
            await line.receive()


async def test_a_line_that_is_closed_is_not_mended() -> None:
    async with doorkeeper(lambda it: it.close()) as address:
        line: SocketLine = await site(sockets=address).connect(ENTRY, "t-1")
        with pytest.raises(StepFailed, match="the connection was closed"):
            await line.receive()
        with pytest.raises(StepFailed, match="the connection was closed"):
            await line.send(BID)


async def test_a_row_is_the_requests_event_in_its_place() -> None:
    event = LotPassed(at_ms=1, lot_id="L01", request_id="r1")
    bridge = Bridge(LedgerEntry("synthetic-a", 7, event))
    here = site(bridge=bridge)
    assert await here.has_row(ENTRY, 7, "r1")
    assert not await here.has_row(ENTRY, 7, "r2")
    assert not await here.has_row(ENTRY, 6, "r1")
    assert bridge.asked[0] == ("list", {"auction_id": "synthetic-a", "after_seq": 6})


async def test_a_bridge_that_fails_may_be_asked_again() -> None:
    with pytest.raises(CalleeFailed):
        await site(list_events_arn="broken").has_row(ENTRY, 7, "r1")


async def test_forgetting_names_the_auction_and_the_place() -> None:
    bridge = Bridge()
    await site(bridge=bridge).forget_events(ENTRY, 5)
    assert bridge.asked == [("forget", {"auction_id": "synthetic-a", "before_seq": 5})]
