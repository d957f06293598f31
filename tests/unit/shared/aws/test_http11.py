"""Responses in whatever pieces they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.aws.http11 import (
    MAX_HEAD_BYTES,
    BadResponse,
    Response,
    ResponseReader,
    request_bytes,
)

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;of=five\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
)
EMPTY = b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"


def fed(*pieces: bytes) -> Response | None:
    reader = ResponseReader()
    *before, last = pieces
    for piece in before:
        assert reader.feed(piece) is None
    return reader.feed(last)


@pytest.mark.parametrize("data", [WHOLE, CHUNKED])
@given(cuts=st.lists(st.integers(1, 60), max_size=4))
def test_a_response_is_put_together_from_any_pieces(data: bytes, cuts: list[int]) -> None:
    places = sorted({min(it, len(data) - 1) for it in cuts})
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    response = fed(*pieces)
    assert response is not None
    assert (response.status, response.body, response.reusable) == (200, b"hello", True)


def test_headers_are_known_by_names_in_lower_case() -> None:
    response = fed(WHOLE)
    assert response is not None
    assert response.headers["x-a"] == "b"


def test_a_response_without_a_body_is_complete_with_its_head() -> None:
    for data in (EMPTY, b"HTTP/1.1 204 No Content\r\n\r\n"):
        response = fed(data)
        assert response is not None
        assert (response.body, response.reusable) == (b"", True)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        EMPTY + b"more than was asked for",
        CHUNKED + b"more than was asked for",
    ],
)
def test_a_connection_that_closes_or_says_more_is_not_used_again(data: bytes) -> None:
    response = fed(data)
    assert response is not None
    assert not response.reusable


def test_a_body_without_a_length_ends_with_the_connection() -> None:
    reader = ResponseReader()
    assert reader.feed(b"HTTP/1.1 502 Bad Gateway\r\n\r\nsorry") is None
    response = reader.end()
    assert response is not None
    assert (response.status, response.body, response.reusable) == (502, b"sorry", False)


@pytest.mark.parametrize("data", [b"", WHOLE[:10], WHOLE[:-1], CHUNKED[:-1]])
def test_a_response_that_breaks_off_is_none(data: bytes) -> None:
    reader = ResponseReader()
    assert reader.feed(data) is None
    assert reader.end() is None


@pytest.mark.parametrize(
    "data",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nnothing\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: soon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        b"x" * (MAX_HEAD_BYTES + 1),
    ],
)
def test_what_is_no_response_is_refused(data: bytes) -> None:
    with pytest.raises(BadResponse):
        ResponseReader().feed(data)


def test_a_request_says_how_long_it_is() -> None:
    sent = request_bytes("POST", "/a%3D", {"host": "h"}, b"{}")
    assert sent == b"POST /a%3D HTTP/1.1\r\nhost: h\r\ncontent-length: 2\r\n\r\n{}"
