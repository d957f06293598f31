"""An HTTPS endpoint that behaves like API Gateway's `@connections`, in a process of its own.

``python -m bench.scene.management_endpoint CERTIFICATE KEY`` prints its port. It keeps connections
alive, and refuses a request (403) whose AWS Signature Version 4 it does not find itself. Every
hundredth connection is gone (410).

    POST /STAGE/@connections/ID   a message to a connection, signed
    POST /floor/ID                the same without a signature, to measure what that costs
    POST /reset, GET /counts      forget and tell what was delivered
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import http.client
import re
import ssl
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from tests.databases.certificates import Authority

SECRET = "test"
GONE_EVERY = 100
STAGE = "bench"

_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[^/]+/(?P<scope>[^,]+), ?"
    r"SignedHeaders=(?P<names>[^,]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)
_ANSWERS = {
    200: b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 0\r\n\r\n",
    403: b"HTTP/1.1 403 Forbidden\r\nx-amzn-errortype: InvalidSignatureException\r\n"
    b"content-length: 0\r\n\r\n",
    410: b"HTTP/1.1 410 Gone\r\nx-amzn-errortype: GoneException\r\ncontent-length: 0\r\n\r\n",
}


class Counts(msgspec.Struct):
    """What arrived since the last reset; `to` is a digest of who got how many messages."""

    delivered: int = 0
    gone: int = 0
    refused: int = 0
    to: str = ""
    message: str = ""


def connection_ids(count: int) -> list[str]:
    """Ids as API Gateway makes them, with a character that has to be escaped in a path."""
    return [f"L0SM9{n:06}cCIhw=" for n in range(count)]


def is_gone(connection_id: str) -> bool:
    return int(connection_id[5:11]) % GONE_EVERY == 0


class _Endpoint(asyncio.Protocol):
    def __init__(self, seen: Counter[str], tally: Counts) -> None:
        self._seen, self._tally, self._buffer = seen, tally, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            lines = self._buffer[:end].decode("latin-1").split("\r\n")
            pairs = (line.split(":", 1) for line in lines[1:])
            headers = {name.lower(): value.strip() for name, value in pairs}
            whole = end + 4 + int(headers.get("content-length", 0))
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            method, path, _ = lines[0].split(" ")
            self._transport.write(self._answer(method, path, headers, body))

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        if path == "/counts":
            return self._tell()
        if path == "/reset":
            self._seen.clear()
            self._tally.delivered = self._tally.gone = self._tally.refused = 0
            return _ANSWERS[200]
        unsigned = path.startswith("/floor/")
        if not unsigned and not is_signed(method, path, headers, body):
            self._tally.refused += 1
            return _ANSWERS[403]
        connection_id = unquote(path.rsplit("/", 1)[1])
        if is_gone(connection_id):
            self._tally.gone += 1
            return _ANSWERS[410]
        self._tally.delivered += 1
        self._tally.message = hashlib.sha256(body).hexdigest()
        self._seen[connection_id] += 1
        return _ANSWERS[200]

    def _tell(self) -> bytes:
        everyone = msgspec.json.encode(sorted(self._seen.items()))
        self._tally.to = hashlib.sha256(everyone).hexdigest()
        body = msgspec.json.encode(self._tally)
        return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)


def is_signed(method: str, path: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether the request carries the signature that it should.

    Source: AWS, "Create a signed AWS API request"; the path is escaped once more than it is sent.
    """
    match = _AUTHORIZATION.match(headers.get("authorization", ""))
    if match is None or "host" not in match["names"] or "x-amz-date" not in match["names"]:
        return False
    signed = "".join(f"{name}:{headers.get(name, '')}\n" for name in match["names"].split(";"))
    request = "\n".join(
        [method, quote(path), "", signed, match["names"], hashlib.sha256(body).hexdigest()]
    )
    to_sign = "\n".join(
        [
            "AWS4-HMAC-SHA256",
            headers.get("x-amz-date", ""),
            match["scope"],
            hashlib.sha256(request.encode()).hexdigest(),
        ]
    )
    signature = hmac.new(_key(match["scope"]), to_sign.encode(), "sha256").hexdigest()
    return hmac.compare_digest(signature, match["signature"])


@lru_cache
def _key(scope: str) -> bytes:
    """The key for a date, region and service."""
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


class Endpoint:
    """A running endpoint; whoever posts to it has to trust `authority`, a file."""

    def __init__(self, port: int, authority: Path) -> None:
        self.address = f"https://localhost:{port}"
        self.url = f"{self.address}/{STAGE}"
        self.port = port
        self.authority = authority
        self._tls = ssl.create_default_context(cafile=authority)

    def reset(self) -> None:
        self._ask("POST", "/reset")

    def counts(self) -> Counts:
        return msgspec.json.decode(self._ask("GET", "/counts"), type=Counts)

    def _ask(self, method: str, path: str) -> bytes:
        connection = http.client.HTTPSConnection("localhost", self.port, context=self._tls)
        with closing(connection):
            connection.request(method, path)
            return connection.getresponse().read()


@contextmanager
def running_endpoint(folder: Path) -> Iterator[Endpoint]:
    """Start it, with its certificates in `folder`."""
    authority = Authority(folder)
    identity = authority.identity("localhost")
    certificate, key = identity.certificate, identity.key
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.scene.management_endpoint", str(certificate), str(key)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        yield Endpoint(int(process.stdout.readline()), authority.path)
    finally:
        process.kill()
        process.communicate()


async def _serve(certificate: str, key: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    seen: Counter[str] = Counter()
    tally = Counts()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Endpoint(seen, tally), "127.0.0.1", 0, ssl=context, backlog=1_024
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    # whoever started it holds its standard input: it ends with them
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], sys.argv[2]))
