"""One kept-alive connection that waits for its answers."""

from __future__ import annotations

import select
import socket
import ssl

from shared.aws.access import Endpoint
from shared.aws.errors import ConnectionLost, TimedOut
from shared.aws.http11 import BadResponse, Response, ResponseReader

RECEIVED_AT_ONCE = 65_536


class Connection:
    """A connection to an endpoint, made at once.

    Args:
        trust: for an endpoint that is reached by TLS.
        connect_s: seconds that making it may take.

    Raises:
        ConnectionLost, TimedOut: it could not be made.
    """

    def __init__(self, endpoint: Endpoint, trust: ssl.SSLContext | None, connect_s: float) -> None:
        try:
            made = socket.create_connection((endpoint.host, endpoint.port), connect_s)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if trust is not None:
                made = trust.wrap_socket(made, server_hostname=endpoint.host)
        except TimeoutError:
            raise TimedOut(f"no connection to {endpoint.authority}") from None
        except OSError as error:
            raise ConnectionLost(f"no connection to {endpoint.authority}: {error}") from error
        self.socket: socket.socket = made

    def is_stale(self) -> bool:
        """Whether the server has closed it, or said something unasked."""
        door = select.poll()
        door.register(self.socket, select.POLLIN)
        return bool(door.poll(0))

    def exchange(self, request: bytes, answer_s: float) -> Response:
        """Send a request, and wait up to `answer_s` for each piece of its answer.

        Raises:
            ConnectionLost, TimedOut: no answer came; the connection is of no more use.
        """
        reader = ResponseReader()
        try:
            self.socket.settimeout(answer_s)
            self.socket.sendall(request)
            while True:
                data = self.socket.recv(RECEIVED_AT_ONCE)
                response = reader.feed(data) if data else reader.end()
                if response is not None:
                    return response
                if not data:
                    raise ConnectionLost("it was closed before the answer")
        except TimeoutError:
            raise TimedOut(f"no answer within {answer_s} s") from None
        except (OSError, BadResponse) as error:
            raise ConnectionLost(str(error)) from error

    def close(self) -> None:
        self.socket.close()

    def __del__(self) -> None:
        """Whoever forgets a client forgets its connections."""
        if hasattr(self, "socket"):
            self.close()
