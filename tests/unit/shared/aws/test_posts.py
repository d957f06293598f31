"""Many requests at once, to a server that does with each what its path says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chaos.proxy import Lost, Request, Response
from shared.aws import http11
from shared.aws.access import Endpoint
from shared.aws.posts import Answer as Answered
from shared.aws.posts import Haste, Posts
from tests.unit.shared.aws.aws_server import ACCESS, Answer, Server, serving

HASTE = Haste(at_once=4, connect_s=1.0, answer_s=0.3)


@pytest.fixture
def server() -> Server:
    server = Server(Response(200, [], b""))

    def answer(request: Request) -> Answer | None:
        match request.path.rpartition("/")[2].split("-")[0]:
            case "gone":
                return Response(410, [], b"{}")
            case "lost":
                return Lost
            case "hanging":
                return server.hang()
        return None

    server.answer = answer
    return server


@pytest.fixture
def posts(server: Server) -> Iterator[Posts]:
    with serving(server) as url:
        yield Posts(ACCESS, "execute-api", Endpoint.of(f"{url}/prod"), HASTE)


def said(answers: list[Answered]) -> list[int | str]:
    return [it.status if isinstance(it, http11.Response) else it.code for it in answers]


def test_each_request_has_its_own_answer_whatever_becomes_of_the_others(posts: Posts) -> None:
    paths = [f"/{it}" for it in ("a", "gone-1", "hanging", "lost", "b", "gone-2")]
    answers = posts.send("POST", paths, b"hello")
    assert said(answers) == [200, 410, "TimedOut", "ConnectionLost", 200, 410]


def test_many_requests_share_few_connections(posts: Posts, server: Server) -> None:
    paths = [f"/{n}" for n in range(50)]
    for _ in range(2):
        assert said(posts.send("POST", paths)) == [200] * 50
    assert len(server.requests) == 100
    assert server.connections <= HASTE.at_once


def test_more_than_hang_at_once_are_all_answered(posts: Posts) -> None:
    paths = [f"/hanging-{n}" for n in range(HASTE.at_once)] + ["/a", "/b"]
    answers = said(posts.send("POST", paths))
    assert answers == ["TimedOut"] * HASTE.at_once + [200, 200]


def test_a_request_whose_connection_ends_is_sent_once_more(posts: Posts, server: Server) -> None:
    assert said(posts.send("DELETE", ["/lost"])) == ["ConnectionLost"]
    assert [it.method for it in server.requests] == ["DELETE"] * 2


def test_nothing_to_send_is_nothing_sent(posts: Posts, server: Server) -> None:
    assert posts.send("POST", []) == []
    assert server.requests == []


def test_where_nothing_answers_each_is_told_so(unused_tcp_port: int) -> None:
    nowhere = Endpoint("127.0.0.1", unused_tcp_port, secure=False)
    posts = Posts(ACCESS, "execute-api", nowhere, HASTE)
    assert said(posts.send("POST", ["/a", "/b"])) == ["ConnectionLost"] * 2
