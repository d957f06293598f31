"""A server that answers what it is told to, over kept-alive connections."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chaos.proxy import Lost, Request, Response, Untouched, running_proxy
from shared.aws.access import Access

ACCESS = Access("id", "secret", "token", "us-east-1")
Answer = Response | type[Lost]


class Server(Untouched):
    """Answers the requests in turn; the last answer stands for all that follow."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: list[Request] = []
        self._answers = list(answers)
        self.over = threading.Event()
        self.answer: Callable[[Request], Answer | None] = lambda _: None

    def before(self, request: Request) -> Response | None:
        self.requests.append(request)
        answer = self.answer(request) or self._next()
        if isinstance(answer, Response):
            return answer
        raise answer

    def _next(self) -> Answer:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def hang(self) -> type[Lost]:
        """No answer, until the server ends."""
        self.over.wait(30)
        return Lost

    @property
    def connections(self) -> int:
        return len({it.peer_port for it in self.requests})


def json(body: bytes, status: int = 200) -> Response:
    return Response(status, [("content-type", "application/x-amz-json-1.0")], body)


@contextmanager
def serving(server: Server) -> Iterator[str]:
    """The address that the server is reached by."""
    try:
        with running_proxy(0, server) as port:
            yield f"http://127.0.0.1:{port}"
    finally:
        server.over.set()


@contextmanager
def closing_server(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that closes each connection after an answer, and does not say so before; its address
    and the requests that it read."""
    requests: list[bytes] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if received := self.request.recv(65_536):
                requests.append(received)
                self.request.sendall(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        quick_to_end = {"poll_interval": 0.02}
        threading.Thread(target=server.serve_forever, kwargs=quick_to_end, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", requests
        server.shutdown()
