"""HTTP/1.1 as bytes: a request to send, and responses from what was received. No I/O here."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

MAX_HEAD_BYTES = 65_536
_NO_BODY = (204, 304)


class BadResponse(Exception):
    """What was received is no HTTP/1.1 response."""


class Response(msgspec.Struct, frozen=True):
    """`headers` by names in lower case; `reusable`: the connection may carry another request."""

    status: int
    headers: dict[str, str]
    body: bytes
    reusable: bool


def request_bytes(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """A whole request. Headers come from us, not from users, and are not escaped."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"{method} {path} HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n"
    return head.encode("latin-1") + body


class ResponseReader:
    """Puts one response together from what is received, in whatever pieces."""

    def __init__(self) -> None:
        self._data = b""
        self._status = 0
        self._headers: dict[str, str] = {}
        self._body_at = 0

    @property
    def has_begun(self) -> bool:
        return bool(self._data)

    def feed(self, data: bytes) -> Response | None:
        """The response, once it is complete.

        Raises:
            BadResponse: that is none.
        """
        self._data += data
        if not self._body_at and not self._read_head():
            return None
        return self._complete()

    def end(self) -> Response | None:
        """The server closed the connection: a body without a length ends with it."""
        if self._body_at and not self._is_delimited():
            return self._response(self._data[self._body_at :], reusable=False)
        return None

    def _read_head(self) -> bool:
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            if len(self._data) > MAX_HEAD_BYTES:
                raise BadResponse("its head has no end")
            return False
        first, *lines = self._data[:end].decode("latin-1").split("\r\n")
        try:
            version, status = first.split(" ", 2)[:2]
            self._status = int(status)
        except ValueError:
            raise BadResponse("its first line is none") from None
        if version != "HTTP/1.1":
            raise BadResponse(f"it is {version}")
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon:
                raise BadResponse("a header without a value")
            self._headers[name.lower()] = value.strip()
        self._body_at = end + 4
        return True

    def _is_delimited(self) -> bool:
        return (
            self._status in _NO_BODY
            or "content-length" in self._headers
            or self._headers.get("transfer-encoding", "").lower() == "chunked"
        )

    def _complete(self) -> Response | None:
        if self._status in _NO_BODY:
            return self._at(b"", self._body_at)
        if self._headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunked()
        if "content-length" not in self._headers:
            return None
        length = _number(self._headers["content-length"], 10)
        end = self._body_at + length
        return self._at(self._data[self._body_at : end], end) if len(self._data) >= end else None

    def _chunked(self) -> Response | None:
        at, body = self._body_at, b""
        while (line_end := self._data.find(b"\r\n", at)) >= 0:
            size = _number(self._data[at:line_end].split(b";")[0].decode("latin-1"), 16)
            at = line_end + 2 + size + 2
            if len(self._data) < at:
                return None
            body += self._data[line_end + 2 : at - 2]
            if size == 0:  # trailers would look like more than was asked for
                return self._at(body, at)
        return None

    def _at(self, body: bytes, end: int) -> Response:
        """Whatever follows the response was not asked for."""
        closing = self._headers.get("connection", "").lower() == "close"
        return self._response(body, reusable=not closing and len(self._data) == end)

    def _response(self, body: bytes, *, reusable: bool) -> Response:
        return Response(self._status, self._headers, body, reusable)


def _number(text: str, base: int) -> int:
    try:
        value = int(text.strip(), base)
    except ValueError:
        raise BadResponse(f"no length: {text!r}") from None
    if value < 0:
        raise BadResponse(f"no length: {text!r}")
    return value
