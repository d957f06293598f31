"""Posting to connections through a management endpoint that misbehaves."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from chaos.proxy import Lost, Request, Response, Untouched, running_proxy
from websocket_service.adapters.sockets import PARALLEL_POSTS
from websocket_service.wiring import Container


class Endpoint(Untouched):
    """API Gateway, which does with a connection what its id says."""

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.over = threading.Event()

    def before(self, request: Request) -> Response | None:
        fate = request.path.rsplit("/", 1)[-1].split("-")[0]
        self.posts[fate] += 1
        match fate:
            case "gone":
                return Response(410, [("x-amzn-ErrorType", "GoneException")], b"{}")
            case "throttled":
                return Response(429, [("x-amzn-ErrorType", "LimitExceededException")], b"{}")
            case "hanging":
                self.over.wait(30)
                raise Lost
            case "stale" if self.posts["stale"] == 1:
                raise Lost
            case _:
                return Response(200, [], b"")


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    it = Endpoint()
    yield it
    it.over.set()


@pytest.fixture
def container(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[Container]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with running_proxy(0, endpoint) as port:
        yield Container({"SOCKETS_ENDPOINT": f"http://127.0.0.1:{port}"})


def test_only_410_means_gone(container: Container) -> None:
    connections = ["here", "gone-1", "throttled", "gone-2"]
    assert container.sockets.post(connections, b"hello") == ["gone-1", "gone-2"]


def test_a_connection_that_went_stale_is_replaced(container: Container, endpoint: Endpoint) -> None:
    assert container.sockets.post(["stale"], b"hello") == []
    assert endpoint.posts["stale"] == 2


def test_a_throttled_post_is_not_waited_for(container: Container, endpoint: Endpoint) -> None:
    container.sockets.post(["throttled"], b"hello")
    assert endpoint.posts["throttled"] == 1


def test_posts_that_hang_are_given_up_and_not_taken_for_gone(
    container: Container, endpoint: Endpoint
) -> None:
    connections = [f"hanging-{place}" for place in range(PARALLEL_POSTS)]
    assert container.sockets.post(connections, b"hello") == []
    # on a busy machine not every connection is made in time; none is tried twice
    assert 0 < endpoint.posts["hanging"] <= PARALLEL_POSTS


@pytest.mark.parametrize(
    ("connection_id", "came_of_it"),
    [
        ("here", "closed"),
        ("stale", "closed"),
        ("gone", "gone"),
        ("throttled", "failed"),
        ("hanging", "failed"),
    ],
)
def test_whoever_ends_a_connection_is_told_whether_it_is_closed(
    container: Container, connection_id: str, came_of_it: str
) -> None:
    assert container.sockets.end(connection_id) == came_of_it
