"""A connection to an auction that heals by itself."""

from __future__ import annotations

import asyncio
import contextlib
import random
import uuid
from types import TracebackType
from typing import Any, Self

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from shared.client.audience import Audience, Condition, Subscription
from shared.client.endpoint import Endpoint
from shared.client.following import Following
from shared.client.options import RENEWAL, Options
from shared.client.requests import NEVER, Answer, Request, Requests, answers_in
from shared.client.view import AuctionView
from shared.client.vigil import Vigil
from shared.codec import decode_reply, encode
from shared.commands import Command, GetState, Ping
from shared.errors import NotAllowed, NotFound, RoomFull, Unavailable
from shared.limits import CONNECTION_LIFETIME_MS
from shared.replies import (
    AnyReply,
    State,
)


async def connect(
    endpoint: Endpoint, *, timeout_s: float = 30.0, options: Options | None = None
) -> AuctionClient:
    """A client that has seen a first snapshot; close it with `aclose`, or use `async with`.

    Raises:
        TicketRefused, NotFound, RoomFull: the auction is not there for this user.
        Unavailable: no connection within `timeout_s` seconds.
    """
    client = AuctionClient(endpoint, options or Options())
    client.start()
    try:
        async with asyncio.timeout(timeout_s):
            await client.wait_until(lambda view: view.synced)
    except TimeoutError:
        await client.aclose()
        raise Unavailable(f"no connection in {timeout_s:g} s: {client.trouble}") from None
    except BaseException:
        await client.aclose()
        raise
    return client


class AuctionClient:
    """One user in one auction. Made by `connect`.

    Attributes:
        trouble: why the connection was last lost.
    """

    def __init__(self, endpoint: Endpoint, options: Options) -> None:
        self.trouble = "no answer"
        self._endpoint = endpoint
        self._options = options
        self._random = random.Random()  # noqa: S311 - not a secret
        self._requests = Requests()
        self._audience = Audience()
        self._following = Following()
        self._behind = asyncio.Event()
        self._connections = NEVER
        self._socket: ClientConnection | None = None
        self._caught_up = False
        self._running: asyncio.Task[None] | None = None
        self._ended: Exception | None = None

    @property
    def view(self) -> AuctionView:
        """The auction as far as it is known; only moves forward."""
        return self._following.view

    def start(self) -> None:
        """Connect, and stay connected, in the background."""
        self._running = asyncio.create_task(self._stay_connected())
        self._running.add_done_callback(self._on_done)

    async def send(self, command_type: type[Command], **fields: Any) -> Answer:
        """Send a command and wait for its answer, however many connections that takes.

        A refusal is an answer (`RefusedReply`), not an error. There is no timeout: use
        `asyncio.timeout`, after which the command may still take effect.

        Raises:
            TicketRefused, NotFound, RoomFull: the way back into the auction was refused.
            Unavailable: the client was closed.
        """
        self._raise_if_ended()
        command = command_type(request_id=uuid.uuid4().hex, **fields)
        request = self._requests.add(command)
        try:
            while True:
                await self._transmit(request)
                done, _ = await asyncio.wait({request.answer}, timeout=self._options.answer_s)
                if done:
                    return request.answer.result()
        finally:
            self._requests.forget(request)

    def events(self) -> Subscription:
        """The events from now on, each once and in order, and what is said in the chat.

        `async for message in client.events()`; every call is a listener of its own.
        """
        self._raise_if_ended()
        return self._audience.subscribe()

    async def wait_until(self, condition: Condition, timeout_s: float | None = None) -> AuctionView:
        """The first view that meets the condition, the present one included.

        Raises:
            TimeoutError: it was not met in time.
            TicketRefused, NotFound, Unavailable: as `send`.
        """
        self._raise_if_ended()
        if condition(self.view):
            return self.view
        async with asyncio.timeout(timeout_s):
            return await self._audience.wait_until(condition)

    def server_now_ms(self) -> int:
        return self._following.clock.server_now(self._options.now_ms())

    async def aclose(self) -> None:
        """Leave. What still waits for an answer fails with `Unavailable`."""
        self._end(Unavailable("the client was closed"), deliberate=True)
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    # connection after connection

    async def _stay_connected(self) -> None:
        failures = 0
        while True:
            try:
                socket = await self._endpoint.open_socket()
            except (NotAllowed, NotFound, RoomFull) as refused:
                self._end(refused)
                return
            except Unavailable as error:
                self.trouble = error.message
                failures += 1
            else:
                await self._use(socket)
                failures = 0 if self._caught_up else failures + 1
            await asyncio.sleep(self._options.backoff.delay_s(failures, self._random))

    async def _use(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._connections += 1
        self._caught_up = False
        self._following.begin_connection()
        now_s = asyncio.get_running_loop().time()
        vigil = Vigil(self._options.patience, now_s, self._random.random())
        try:
            async with asyncio.TaskGroup() as tasks:
                helpers = [
                    tasks.create_task(self._catch_up()),
                    tasks.create_task(self._keep_alive(socket, vigil)),
                ]
                await self._send_unsent()
                await self._listen(socket, vigil)
                for helper in helpers:
                    helper.cancel()
        finally:
            self._socket = None
            await socket.close()

    async def _listen(self, socket: ClientConnection, vigil: Vigil) -> None:
        try:
            async for frame in socket:
                vigil.heard(asyncio.get_running_loop().time())
                # API Gateway says "Internal server error" in words of its own when a Lambda
                # failed; the command stays without an answer and is sent again
                with contextlib.suppress(msgspec.DecodeError):
                    self._hear(decode_reply(frame))
        except ConnectionClosed as closed:
            self.trouble = str(closed)

    async def _catch_up(self) -> None:
        """Ask for the state at once, and whenever something is missing; then send again what
        earlier connections may have lost, as by then it is known what they did not lose."""
        idle = 0
        while True:
            before = self._following.position
            answer = await self.send(GetState, since_seq=self._following.history.seq)
            if isinstance(answer, State) and not self._following.is_behind:
                idle = 0
                self._caught_up = True
                await self._send_unsent()
                self._behind.clear()
                await self._behind.wait()
            elif self._following.position != before:
                idle = 0
            else:
                await asyncio.sleep(self._options.backoff.delay_s(idle, self._random))
                idle += 1

    async def _keep_alive(self, socket: ClientConnection, vigil: Vigil) -> None:
        """Ping where it is quiet, until the connection is dead or old; then close it, which
        `_listen` notices."""
        options, loop = self._options, asyncio.get_running_loop()
        lifetime_ms = CONNECTION_LIFETIME_MS * self._random.uniform(*RENEWAL)
        renew_at_ms = options.now_ms() + lifetime_ms
        while options.now_ms() < renew_at_ms:
            runs = self.view.deadline_ms is not None
            due_in_s = vigil.due_in_s(loop.time(), clock_runs=runs)
            if due_in_s > 0:
                # no longer than it would be if a lot came up now
                await asyncio.sleep(min(due_in_s, options.patience.quiet_while_clock_runs_s))
                continue
            if vigil.is_hopeless:
                break
            vigil.asked(loop.time())
            await _write(socket, Ping(request_id=uuid.uuid4().hex, client_time_ms=options.now_ms()))
        await socket.close()

    async def _send_unsent(self) -> None:
        for request in self._requests.not_carried_by(self._connections):
            await self._transmit(request)

    async def _transmit(self, request: Request) -> None:
        """Send a request, unless it has to wait: for a connection, or, if an earlier one carried
        it, for the events that tell whether it was done."""
        is_lost = request.carried_by not in (NEVER, self._connections)
        if self._socket is None or (is_lost and not self._caught_up):
            return
        request.carried_by = self._connections
        await _write(self._socket, request.command)

    def _hear(self, message: AnyReply) -> None:
        told = self._following.hear(message, self._options.now_ms())
        for answer in answers_in(message):
            self._requests.answer(answer)
        for news in told:
            self._audience.tell(news)
        if self._following.is_behind:
            self._behind.set()
        self._audience.show(self.view)

    # the end

    def _on_done(self, running: asyncio.Task[None]) -> None:
        if not running.cancelled() and (error := running.exception()) is not None:
            self._end(error if isinstance(error, Exception) else RuntimeError(str(error)))

    def _end(self, error: Exception, *, deliberate: bool = False) -> None:
        if self._ended is None:
            self._ended = error
            self._requests.fail(error)
            self._audience.end(error, deliberate=deliberate)

    def _raise_if_ended(self) -> None:
        if self._ended is not None:
            raise self._ended


async def _write(socket: ClientConnection, command: Command) -> None:
    """A text frame: API Gateway takes no others. A closed connection is `_listen`'s to notice."""
    with contextlib.suppress(ConnectionClosed):
        await socket.send(encode(command).decode())
