"""One service's requests: signed, over kept-alive connections, tried again where that helps.

A request may arrive twice: a kept-alive connection that the server closes just then does not say
whether the request was read, and an answer that does not come may belong to a change that was made.
It is sent again all the same, as botocore does, because whatever is sent through here is safe to
repeat: reads; writes of a whole row or the deletion of one; conditional writes, whose condition no
longer holds the second time, where the writer then finds its own request in the item it lost to (a
bid, a command) or takes a used ticket for used, and a chat for one that was said; the start of a
fan-out worker, whose events carry their `seq`; and the count of connections, of which only matters
that it changes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from shared.aws.access import Access, Endpoint
from shared.aws.connection import Connection
from shared.aws.errors import AwsError, ConnectionLost, Refused, Unanswered
from shared.aws.http11 import Response, request_bytes
from shared.aws.signing import Signer, payload_hash

_THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
BACKOFF_S = 0.05
"""At most this before the second attempt, at most twice as long before the third, and so on."""


class Patience(msgspec.Struct, frozen=True):
    """How long to wait for a connection, and for each piece of an answer; how often to try."""

    connect_s: float
    answer_s: float
    attempts: int


PATIENT = Patience(connect_s=1.0, answer_s=3.0, attempts=3)
"""All attempts fit into the ten seconds that a function has."""


class Service:
    """The requests of one service. Threads may share it: each has a connection while it asks.

    Args:
        service: its name in signatures and, by default, in its address.
        endpoint: where it is, if not where the environment says.
    """

    def __init__(self, access: Access, service: str, endpoint: Endpoint | None = None) -> None:
        self.endpoint = endpoint or access.endpoint(service)
        self._signer = Signer(access, service)
        self._trust = access.trust() if self.endpoint.secure else None
        self._idle: list[Connection] = []

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        patience: Patience,
        error_of: Callable[[Response], AwsError | None],
    ) -> Response:
        """Send a request until it is answered for good.

        Args:
            error_of: what an answer says went wrong.

        Raises:
            Refused, Unanswered: as the last attempt ended.
        """
        digest = payload_hash(body)
        for attempt in range(patience.attempts):
            is_last = attempt == patience.attempts - 1
            try:
                request = self._request(method, path, headers, body, digest)
                response = self._exchange(request, patience)
            except Unanswered:
                if is_last:
                    raise
            else:
                error = error_of(response)
                if error is None:
                    return response
                if is_last or not _is_passing(error):
                    raise error
            time.sleep(random.uniform(0, BACKOFF_S * 2**attempt))  # noqa: S311 - not a secret
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, digest: str
    ) -> bytes:
        path = self.endpoint.prefix + path
        named = {"host": self.endpoint.authority, **headers}
        return request_bytes(
            method, path, self._signer.signed(method, path, named, digest, time.time()), body
        )

    def _exchange(self, request: bytes, patience: Patience) -> Response:
        """A kept connection that turns out to be closed is replaced, once."""
        kept = self._kept()
        if kept is not None:
            with suppress(ConnectionLost):
                return self._over(kept, request, patience)
        return self._over(
            Connection(self.endpoint, self._trust, patience.connect_s), request, patience
        )

    def _kept(self) -> Connection | None:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread took it
                return None
            if not connection.is_stale():
                return connection
            connection.close()
        return None

    def _over(self, connection: Connection, request: bytes, patience: Patience) -> Response:
        try:
            response = connection.exchange(request, patience.answer_s)
        except Unanswered:
            connection.close()
            raise
        if response.reusable:
            self._idle.append(connection)
        else:
            connection.close()
        return response


def _is_passing(error: AwsError) -> bool:
    """Whether the same request may succeed in a moment."""
    return isinstance(error, Refused) and (error.status >= 500 or error.code in _THROTTLED)
