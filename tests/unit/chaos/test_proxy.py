"""The proxy passes calls on, may answer them itself, and may lose the answer."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator

import pytest

from chaos.processes import holder_of
from chaos.proxy import Lost, Request, Response, Untouched, running_proxy


class Upstream(Untouched):
    """Stands in for AWS: answers everything, and remembers it."""

    def __init__(self) -> None:
        self.heard: list[Request] = []

    def before(self, request: Request) -> Response | None:
        self.heard.append(request)
        return Response(200, [("x-of", "upstream")], b"done")


class Throttles(Untouched):
    def before(self, request: Request) -> Response | None:
        return Response(429, [], b"") if request.path == "/throttled" else None


class LosesAnswers(Untouched):
    def after(self, request: Request, response: Response) -> None:
        raise Lost


class Asks(Untouched):
    """Who is calling?"""

    def __init__(self) -> None:
        self.callers: list[int | None] = []

    def after(self, request: Request, response: Response) -> None:
        self.callers.append(holder_of(request.peer_port))


@pytest.fixture
def upstream() -> Iterator[tuple[Upstream, int]]:
    aws = Upstream()
    with running_proxy(0, aws) as port:
        yield aws, port


def call(port: int, path: str = "/") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", path, b"body")
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_calls_are_passed_on(upstream: tuple[Upstream, int]) -> None:
    aws, port = upstream
    with running_proxy(port, Untouched()) as proxy:
        assert call(proxy, "/path") == (200, b"done")
    assert [(it.method, it.path, it.body) for it in aws.heard] == [("POST", "/path", b"body")]


def test_an_answer_of_its_own_never_reaches_aws(upstream: tuple[Upstream, int]) -> None:
    aws, port = upstream
    with running_proxy(port, Throttles()) as proxy:
        assert call(proxy, "/throttled") == (429, b"")
    assert aws.heard == []


def test_a_lost_answer_was_done(upstream: tuple[Upstream, int]) -> None:
    aws, port = upstream
    with running_proxy(port, LosesAnswers()) as proxy, pytest.raises(http.client.HTTPException):
        call(proxy)
    assert len(aws.heard) == 1


def test_the_caller_is_found_by_its_connection(upstream: tuple[Upstream, int]) -> None:
    asks = Asks()
    with running_proxy(upstream[1], asks) as proxy:
        call(proxy)
    assert asks.callers == [os.getpid()]
