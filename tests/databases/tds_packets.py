"""The packets of [MS-TDS], in clear text and in TLS: the stand-in for SQL Server speaks in them."""

from __future__ import annotations

import socket
import ssl
import struct

PRELOGIN = 18
_PACKET = 4096


class Ended(Exception):
    """The connection is over."""


class Stream:
    def receive(self, count: int) -> bytes:
        """Exactly as many bytes."""
        raise NotImplementedError

    def send(self, content: bytes) -> None:
        raise NotImplementedError


class Plain(Stream):
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def receive(self, count: int) -> bytes:
        content = b""
        while len(content) < count:
            if not (more := self._connection.recv(count - len(content))):
                raise Ended
            content += more
        return content

    def send(self, content: bytes) -> None:
        self._connection.sendall(content)


class Encrypted(Stream):
    """TLS whose handshake is wrapped in prelogin packets, and what follows is not."""

    def __init__(self, connection: socket.socket, tls: ssl.SSLContext) -> None:
        self._connection = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = tls.wrap_bio(self._incoming, self._outgoing, server_side=True)
        plain = Plain(connection)
        while True:
            self._incoming.write(receive_message(plain)[1])
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                send_message(plain, PRELOGIN, self._outgoing.read())
                continue
            break
        send_message(plain, PRELOGIN, self._outgoing.read())

    def receive(self, count: int) -> bytes:
        content = b""
        while len(content) < count:
            try:
                content += self._tls.read(count - len(content))
            except ssl.SSLWantReadError:
                if not (more := self._connection.recv(65536)):
                    raise Ended from None
                self._incoming.write(more)
        return content

    def send(self, content: bytes) -> None:
        self._tls.write(content)
        self._connection.sendall(self._outgoing.read())


def receive_message(stream: Stream) -> tuple[int, bytes]:
    """A message: its kind and its packets' content."""
    body = b""
    while True:
        kind, status, length = struct.unpack(">BBH4x", stream.receive(8))
        body += stream.receive(length - 8)
        if status & 1:
            return kind, body


def send_message(stream: Stream, kind: int, body: bytes, *, last: bool = True) -> None:
    size = _PACKET - 8
    parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
    for number, part in enumerate(parts, start=1):
        ends = last and number == len(parts)
        head = struct.pack(">BBHHBB", kind, int(ends), len(part) + 8, 0, number % 256, 0)
        stream.send(head + part)
