"""The line in front of the synthetic auction's room, as anybody who waits has it."""

from __future__ import annotations

import functools
import ssl
from urllib.parse import quote

import httpx
import msgspec

from canary_service.logic.ports import Entry
from shared.errors import Busy, LobbyClosed, NotFound, TicketRefused, Unavailable
from shared.lobby import LineStanding

PATIENCE_S = 4.0
"""For one question: the step has time for another one."""


class HttpLobby:
    """The lobby's HTTP API, for one waiter.

    Args:
        url: of the API, without the path.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def join(self, entry: Entry) -> LineStanding:
        return await self._ask("POST", entry, "queue")

    async def look(self, entry: Entry) -> LineStanding:
        return await self._ask("GET", entry, "queue/me")

    async def leave(self, entry: Entry) -> None:
        await self._ask("DELETE", entry, "queue/me")

    async def _ask(self, method: str, entry: Entry, path: str) -> LineStanding:
        url = f"{self._url}/auctions/{quote(entry.auction_id, safe='')}/{path}"
        headers = {"Authorization": f"Bearer {entry.token}"}
        try:
            async with httpx.AsyncClient(verify=_tls(), timeout=PATIENCE_S) as http:
                return _standing_in(await http.request(method, url, headers=headers))
        except httpx.HTTPError as error:
            raise Unavailable(f"the lobby did not answer: {error}") from error


def _standing_in(response: httpx.Response) -> LineStanding:
    status = response.status_code
    if status in (401, 403):
        raise TicketRefused("the lobby does not take the token")
    if status == 404:
        raise NotFound("the auction has no line")
    if status == 410:
        raise LobbyClosed("the line is closed")
    if status == 429:
        raise Busy("too many people are joining at once")
    try:
        response.raise_for_status()
        return msgspec.json.decode(response.content, type=LineStanding)
    except (httpx.HTTPStatusError, msgspec.DecodeError) as error:
        raise Unavailable(f"the lobby's answer is of no use: {error}") from None


@functools.cache
def _tls() -> ssl.SSLContext:
    """Shared: reading the certificates takes longer than a round trip."""
    return httpx.create_ssl_context()
