"""A proxy between Lambdas and AWS that can spoil what passes through it."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Protocol

HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class Request(NamedTuple):
    """`peer_port` is the caller's side of the connection."""

    method: str
    path: str
    headers: dict[str, str]  # by their names in lower case
    body: bytes
    peer_port: int


class Response(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Lost(Exception):
    """The caller gets no answer: the connection ends."""


class Meddler(Protocol):
    """What happens to the calls; both may raise `Lost`."""

    def before(self, request: Request) -> Response | None:
        """An answer in place of AWS's, which then never hears of the call."""
        ...

    def after(self, request: Request, response: Response) -> None:
        """AWS has done it; the caller does not know yet."""
        ...


class Untouched:
    """Lets everything through; the base of meddlers."""

    def before(self, request: Request) -> Response | None:
        return None

    def after(self, request: Request, response: Response) -> None:
        pass


@contextmanager
def running_proxy(upstream_port: int, meddler: Meddler) -> Iterator[int]:
    """A proxy to a port of this machine; yields its own."""

    class Handler(_Handler):
        upstream = upstream_port
        meddling = meddler

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    quick_to_end = {"poll_interval": 0.02}
    thread = threading.Thread(target=server.serve_forever, kwargs=quick_to_end, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    upstream: int
    meddling: Meddler

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            self.command,
            self.path,
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
            self.client_address[1],
        )
        try:
            response = self.meddling.before(request)
            if response is None:
                response = _ask(self.upstream, request)
                self.meddling.after(request, response)
        except (Lost, OSError):
            self.close_connection = True
            return
        self.send_response(response.status)
        for name, value in response.headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - http.server calls them so

    def log_message(self, *_: object) -> None:
        pass


def _ask(port: int, request: Request) -> Response:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(request.method, request.path, request.body, request.headers)
        answer = connection.getresponse()
        return Response(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()
