"""The way in: a ticket for a token, a WebSocket for a ticket."""

from __future__ import annotations

import functools
import inspect
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_websocket
from websockets.exceptions import InvalidStatus, WebSocketException

from shared.errors import Busy, NotFound, RoomFull, TicketRefused, Unavailable

TokenSupplier = Callable[[], str | Awaitable[str]]
"""Returns a JWT that is valid now; asked again for every ticket."""

CLOSE_S = 2.0
"""How long a connection that may be dead is given to say goodbye."""


class Ticket(msgspec.Struct, frozen=True):
    ticket: str
    expires_at_ms: int


@dataclass(frozen=True)
class Endpoint:
    """One auction of one stage, for one user.

    Attributes:
        tickets_url: of the HTTP API that hands out tickets, without the path.
        websocket_url: of the WebSocket API, with its stage.
    """

    tickets_url: str
    websocket_url: str
    auction_id: str
    token: TokenSupplier

    async def get_ticket(self) -> Ticket:
        """A fresh ticket.

        Raises:
            TicketRefused: the user has no right to this auction, or the token is not valid.
            NotFound: there is no such auction, or the user is not in its league.
            RoomFull: the auction is public, and the user has to join its line.
            Unavailable: the service did not answer, or is busy.
        """
        token = self.token()
        if inspect.isawaitable(token):
            token = await token
        url = f"{self.tickets_url.rstrip('/')}/auctions/{quote(self.auction_id, safe='')}/tickets"
        try:
            async with httpx.AsyncClient(verify=_tls()) as http:
                response = await http.post(url, headers={"Authorization": f"Bearer {token}"})
        except httpx.HTTPError as error:
            raise Unavailable(f"the ticket service did not answer: {error}") from error
        return _ticket_in(response)

    async def open_socket(self) -> ClientConnection:
        """A new WebSocket to the auction, for raw frames; the caller closes it.

        Raises:
            TicketRefused, NotFound, RoomFull, Unavailable: as `get_ticket`; Unavailable also if
                the connection could not be opened with the ticket.
        """
        return await self.open_socket_with((await self.get_ticket()).ticket)

    async def open_socket_with(self, ticket: str) -> ClientConnection:
        """The same, with a ticket that was not used yet.

        Raises:
            Busy: the user, or the auction, has as many connections as it may.
            Unavailable: the connection could not be opened.
        """
        query = urlencode({"auction": self.auction_id, "ticket": ticket})
        try:
            return await open_websocket(
                f"{self.websocket_url}?{query}",
                ssl=_tls() if self.websocket_url.startswith("wss:") else None,
                ping_interval=None,  # the protocol has pings of its own
                close_timeout=CLOSE_S,
            )
        except InvalidStatus as refused:
            status = refused.response.status_code
            if status == 429:
                raise Busy("there are too many connections; try again") from None
            raise Unavailable(f"the connection was refused with status {status}") from None
        except (WebSocketException, OSError, TimeoutError) as error:
            raise Unavailable(f"the connection could not be opened: {error}") from None


def _ticket_in(response: httpx.Response) -> Ticket:
    status = response.status_code
    if status in (401, 403):
        raise TicketRefused("you have no right to enter this auction, or your sign-in is over")
    if status in (400, 404):
        raise NotFound("there is no such auction, or you are not in its league")
    if status == 409:
        raise RoomFull("the room is full; join the line")
    if status == 429:
        raise Busy("too many people are entering at once; try again")
    if not response.is_success:
        raise Unavailable(f"the ticket service failed with status {status}; try again")
    try:
        return msgspec.json.decode(response.content, type=Ticket)
    except msgspec.DecodeError as error:
        raise Unavailable(f"the ticket service's answer is not a ticket: {error}") from None


@functools.cache
def _tls() -> ssl.SSLContext:
    """Shared: reading the certificates takes longer than a round trip."""
    return httpx.create_ssl_context()
