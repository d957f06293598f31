"""The same body to many paths at once: over a few kept-alive connections, in one thread.

Each connection carries one request at a time; whichever has its answer takes the next. A selector
tells which that is: threads would spend as much on handing over to each other as on the posts.
"""

from __future__ import annotations

import selectors
import ssl
import time
from collections import deque
from collections.abc import Iterator, Sequence

import msgspec

from shared.aws.access import Access, Endpoint
from shared.aws.connection import RECEIVED_AT_ONCE, Connection
from shared.aws.errors import ConnectionLost, TimedOut, Unanswered
from shared.aws.http11 import BadResponse, Response, ResponseReader, request_bytes
from shared.aws.signing import Signer, payload_hash
from shared.tracing import traced_call

Answer = Response | Unanswered


class Haste(msgspec.Struct, frozen=True):
    """How many requests are under way at once, and how long each may take to connect and to be
    answered, in seconds."""

    at_once: int
    connect_s: float
    answer_s: float


class Posts:
    """Signed requests to one endpoint of a service. Not for threads: one call at a time."""

    def __init__(self, access: Access, service: str, endpoint: Endpoint, haste: Haste) -> None:
        self._service, self._region = service, access.region
        self._endpoint, self._haste = endpoint, haste
        self._signer = Signer(access, service)
        self._trust = access.trust() if endpoint.secure else None
        self._idle: list[Connection] = []

    def send(self, method: str, paths: Sequence[str], body: bytes = b"") -> list[Answer]:
        """Send a request to each path; what each was answered, in their order.

        A request whose connection ends before its answer is sent once more: the connection may
        have been closed while it was idle. So it may arrive twice.
        """
        about: dict[str, str | int] = {
            "operation": method,
            "region": self._region,
            "count": len(paths),
        }
        with traced_call(self._service, about):
            return _Round(self, self._requests(method, paths, body), len(paths)).answers()

    def _requests(self, method: str, paths: Sequence[str], body: bytes) -> Iterator[bytes]:
        """Each is signed when its turn comes."""
        digest, named = payload_hash(body), {"host": self._endpoint.authority}
        for path in paths:
            whole = self._endpoint.prefix + path
            headers = self._signer.signed(method, whole, named, digest, time.time())
            yield request_bytes(method, whole, headers, body)

    def take(self) -> Connection:
        """A connection nobody uses. Raises Unanswered: there is none to be had."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_stale():
                return connection
            connection.close()
        return Connection(self._endpoint, self._trust, self._haste.connect_s)

    def give_back(self, connection: Connection) -> None:
        self._idle.append(connection)

    @property
    def haste(self) -> Haste:
        return self._haste


class _Job(msgspec.Struct):
    place: int
    request: bytes
    is_repeated: bool = False


class _Lane(msgspec.Struct):
    """A connection and the request that it carries until `until_s`."""

    connection: Connection
    job: _Job
    reader: ResponseReader
    until_s: float


class _Round:
    """One call of `Posts.send`."""

    def __init__(self, posts: Posts, requests: Iterator[bytes], count: int) -> None:
        self._posts = posts
        self._new = (_Job(place, request) for place, request in enumerate(requests))
        self._repeated: deque[_Job] = deque()
        self._at_once = posts.haste.at_once
        self._answers: list[Answer | None] = [None] * count
        self._busy: dict[Connection, _Lane] = {}
        """In the order in which their time is up: all have the same."""

    def answers(self) -> list[Answer]:
        with selectors.DefaultSelector() as self._selector:
            self._begin()
            while self._busy:
                first = next(iter(self._busy.values()))
                patience_s = max(0.0, first.until_s - time.monotonic())
                for key, _ in self._selector.select(patience_s):
                    self._receive(self._busy[key.data])
                self._give_up_late()
                self._begin()
        return [ConnectionLost("never sent") if it is None else it for it in self._answers]

    def _begin(self) -> None:
        """Put as many requests on their way as may be."""
        while len(self._busy) < self._at_once and (job := self._next()) is not None:
            try:
                connection = self._posts.take()
            except Unanswered as error:
                # those that there are have to do; without any, nobody need wait for another
                self._at_once = len(self._busy)
                self._repeated.append(job)
                if not self._busy:
                    self._fail_all(error)
                return
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._send(connection, job)

    def _fail_all(self, error: Unanswered) -> None:
        for job in iter(self._next, None):
            self._answers[job.place] = error

    def _next(self) -> _Job | None:
        return self._repeated.popleft() if self._repeated else next(self._new, None)

    def _send(self, connection: Connection, job: _Job) -> None:
        patience_s = self._posts.haste.answer_s
        lane = _Lane(connection, job, ResponseReader(), time.monotonic() + patience_s)
        self._busy[connection] = lane
        try:
            connection.socket.settimeout(patience_s)
            connection.socket.sendall(job.request)
            connection.socket.setblocking(False)
        except OSError as error:
            self._lose(lane, ConnectionLost(str(error)))

    def _receive(self, lane: _Lane) -> None:
        try:
            data = lane.connection.socket.recv(RECEIVED_AT_ONCE)
            response = lane.reader.feed(data) if data else lane.reader.end()
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except (OSError, BadResponse) as error:
            self._lose(lane, ConnectionLost(str(error)))
            return
        if response is not None:
            self._answered(lane, response)
        elif not data:
            self._lose(lane, ConnectionLost("it was closed before the answer"))

    def _answered(self, lane: _Lane, response: Response) -> None:
        self._answers[lane.job.place] = response
        job = self._next() if response.reusable else None
        if job is not None:
            del self._busy[lane.connection]  # to the end of the line
            self._send(lane.connection, job)
            return
        self._leave(lane)
        if response.reusable:
            self._posts.give_back(lane.connection)
        else:
            lane.connection.close()

    def _lose(self, lane: _Lane, error: ConnectionLost) -> None:
        self._leave(lane)
        lane.connection.close()
        if lane.job.is_repeated:
            self._answers[lane.job.place] = error
        else:
            self._repeated.append(_Job(lane.job.place, lane.job.request, is_repeated=True))

    def _give_up_late(self) -> None:
        now = time.monotonic()
        for lane in [it for it in self._busy.values() if it.until_s <= now]:
            self._answers[lane.job.place] = TimedOut("no answer in time")
            self._leave(lane)
            lane.connection.close()

    def _leave(self, lane: _Lane) -> None:
        self._selector.unregister(lane.connection.socket)
        del self._busy[lane.connection]
