"""As much of SQL Server as a driver needs to be tested: it logs in, answers and fails as told.

    with TdsServer(answers) as server:
        server.url                       # for SQLAlchemy
        server.batches                   # every batch that it was sent
        server.passwords["sa"] = "new"   # who may log in

`answers` maps a batch's text to what the server says: rows, an error of a number, or that it hangs
or hangs up. What it has no answer for it has done. The protocol is [MS-TDS] 7.4; the stream within
TLS as well, with the handshake in packets of their own as SQL Server has it.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from tests.databases.tds_packets import (
    Encrypted,
    Ended,
    Plain,
    Stream,
    receive_message,
    send_message,
)

REPLY, ATTENTION = 4, 6
VERSION = "Microsoft SQL Server 2022 (RTM) - 16.0.1000.6 (X64)"
_NVARCHAR, _BIGINT = 0xE7, 0x26
_COLLATION = bytes.fromhex("0904d00034")


@dataclass(frozen=True)
class Rows:
    """A result: the columns' names and the rows, of text, integers and None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...] = ()


@dataclass(frozen=True)
class Count:
    """How many rows a statement touched."""

    rows: int


@dataclass(frozen=True)
class Failure:
    """An error message of the server, by its number."""

    number: int
    severity: int = 16
    text: str = "the server says why"


@dataclass(frozen=True)
class HangUp:
    """The connection ends, in the middle of a result if there is one."""

    after: Rows | None = None


@dataclass(frozen=True)
class Hang:
    """Nothing more is said; the client gives up."""


Answer = Rows | Count | Failure | HangUp | Hang | None
Answers = Callable[[str], Answer]


class TdsServer:
    """A server on a free port of loopback; with `tls` every session is encrypted."""

    def __init__(
        self, answers: Answers = lambda batch: None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.batches: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.passwords = {"sa": "secret"}
        self._answers = answers
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"mssql+pymssql://sa:{self.passwords['sa']}@127.0.0.1:{self.port}/calcutta"

    def __enter__(self) -> TdsServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # a thread that waits in accept() is woken by this only
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ssl.SSLError, Ended), connection:
            stream: Stream = Plain(connection)
            receive_message(stream)
            send_message(stream, REPLY, _prelogin(encrypted=self._tls is not None))
            if self._tls is not None:
                stream = Encrypted(connection, self._tls)
            self._login(stream)
            while True:
                self._answer(stream)

    def _login(self, stream: Stream) -> None:
        user, password = _user_and_password(receive_message(stream)[1])
        self.logins.append((user, password))
        if self.passwords.get(user) != password:
            failure = Failure(18456, 14, f"Login failed for user '{user}'.")
            send_message(stream, REPLY, _error(failure) + _done(error=True))
            raise Ended
        send_message(stream, REPLY, _login_acknowledged() + _done())

    def _answer(self, stream: Stream) -> None:
        kind, body = receive_message(stream)
        if kind == ATTENTION:
            send_message(stream, REPLY, _done(attention=True))
            return
        batch = body[struct.unpack("<I", body[:4])[0] :].decode("utf-16-le")
        self.batches.append(batch)
        match self._answers(batch) or _usual(batch):
            case Rows() as rows:
                send_message(stream, REPLY, _rows(rows) + _done(count=len(rows.rows)))
            case Count(touched):
                send_message(stream, REPLY, _done(count=touched))
            case Failure() as failure:
                send_message(stream, REPLY, _error(failure) + _done(error=True))
            case HangUp(after):
                if after is not None:
                    send_message(stream, REPLY, _rows(after), last=False)
                raise Ended
            case _:
                return


def _usual(batch: str) -> Answer:
    """What SQLAlchemy asks of every SQL Server, and anything else: done."""
    asked = batch.lower()
    if "@@version" in asked:
        return Rows(("",), ((VERSION,),))
    if "schema_name()" in asked:
        return Rows(("",), (("dbo",),))
    if asked.startswith("select 1"):
        return Rows(("",), ((1,),))
    if "test max support" in asked:
        return Rows(("",), (("test max support",),))
    return Count(0)


def _prelogin(*, encrypted: bool) -> bytes:
    options = [(0, bytes.fromhex("100003e80000")), (1, bytes([1 if encrypted else 2]))]
    at, head, content = 5 * len(options) + 1, b"", b""
    for number, value in options:
        head += struct.pack(">BHH", number, at + len(content), len(value))
        content += value
    return head + b"\xff" + content


def _user_and_password(login: bytes) -> tuple[str, str]:
    def text(at: int) -> bytes:
        offset, chars = struct.unpack_from("<HH", login, at)
        return login[offset : offset + 2 * chars]

    hidden = bytes(it ^ 0xA5 for it in text(44))
    password = bytes((it << 4 | it >> 4) & 0xFF for it in hidden)
    return text(40).decode("utf-16-le"), password.decode("utf-16-le")


def _login_acknowledged() -> bytes:
    body = b"\x01\x74\x00\x00\x04" + _short("Microsoft SQL Server") + bytes.fromhex("100003e8")
    return b"\xad" + struct.pack("<H", len(body)) + body


def _error(failure: Failure) -> bytes:
    text = failure.text.encode("utf-16-le")
    body = struct.pack("<IBBH", failure.number, 1, failure.severity, len(text) // 2) + text
    body += _short("server") + _short("") + struct.pack("<I", 1)
    return b"\xaa" + struct.pack("<H", len(body)) + body


def _done(*, count: int | None = None, error: bool = False, attention: bool = False) -> bytes:
    status = (0x10 if count is not None else 0) | (2 if error else 0) | (0x20 if attention else 0)
    return b"\xfd" + struct.pack("<HHQ", status, 0, count or 0)


def _rows(result: Rows) -> bytes:
    kinds = [_kind(values) for values in zip(*result.rows, strict=True)] or [
        _NVARCHAR for _ in result.columns
    ]
    said = b"\x81" + struct.pack("<H", len(result.columns))
    for name, kind in zip(result.columns, kinds, strict=True):
        said += struct.pack("<IH", 0, 1)
        said += b"\x26\x08" if kind == _BIGINT else b"\xe7" + struct.pack("<H", 8000) + _COLLATION
        said += _short(name)
    for row in result.rows:
        said += b"\xd1" + b"".join(map(_value, row, kinds))
    return said


def _kind(values: Sequence[str | int | None]) -> int:
    return _BIGINT if any(isinstance(it, int) for it in values) else _NVARCHAR


def _value(value: str | int | None, kind: int) -> bytes:
    if value is None:
        return b"\x00" if kind == _BIGINT else b"\xff\xff"
    if isinstance(value, int):
        return b"\x08" + struct.pack("<q", value)
    text = value.encode("utf-16-le")
    return struct.pack("<H", len(text)) + text


def _short(text: str) -> bytes:
    return bytes([len(text)]) + text.encode("utf-16-le")
