"""The stage through its public doors, and its database through the bridge."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from canary_service.adapters.line import SocketLine
from canary_service.adapters.lobby import HttpLobby
from canary_service.logic.ports import Entry
from shared.bridge import EventsForgotten, EventsPage, ForgetEvents, ListEvents
from shared.client import Endpoint
from shared.invoke import LambdaClient, call
from shared.lobby import LineStanding


class StageSite:
    """Implements `logic.ports.Site`.

    Args:
        sign_in: returns a fresh token and the auction.
        tickets_url, lobby_url, websocket_url: of the stage's APIs.
        client: Lambda's; what it calls are the bridge's functions by their aliases.
    """

    def __init__(
        self,
        sign_in: Callable[[], Entry],
        *,
        tickets_url: str,
        lobby_url: str,
        websocket_url: str,
        client: LambdaClient,
        list_events_arn: str,
        forget_events_arn: str,
    ) -> None:
        self._sign_in = sign_in
        self._tickets_url = tickets_url
        self._lobby = HttpLobby(lobby_url)
        self._websocket_url = websocket_url
        self._client = client
        self._list_events_arn = list_events_arn
        self._forget_events_arn = forget_events_arn

    async def sign_in(self) -> Entry:
        return await asyncio.to_thread(self._sign_in)

    async def get_ticket(self, entry: Entry) -> str:
        return (await self._endpoint(entry).get_ticket()).ticket

    async def join_line(self, entry: Entry) -> LineStanding:
        return await self._lobby.join(entry)

    async def look_at_line(self, entry: Entry) -> LineStanding:
        return await self._lobby.look(entry)

    async def leave_line(self, entry: Entry) -> None:
        await self._lobby.leave(entry)

    async def connect(self, entry: Entry, ticket: str) -> SocketLine:
        return SocketLine(await self._endpoint(entry).open_socket_with(ticket))

    async def has_row(self, entry: Entry, seq: int, request_id: str) -> bool:
        request = ListEvents(entry.auction_id, after_seq=seq - 1)
        page = await asyncio.to_thread(
            call, self._client, self._list_events_arn, request, EventsPage
        )
        return any(it.seq == seq and it.event.request_id == request_id for it in page.entries)

    async def forget_events(self, entry: Entry, before_seq: int) -> None:
        request = ForgetEvents(entry.auction_id, before_seq)
        await asyncio.to_thread(
            call, self._client, self._forget_events_arn, request, EventsForgotten
        )

    def _endpoint(self, entry: Entry) -> Endpoint:
        return Endpoint(
            tickets_url=self._tickets_url,
            websocket_url=self._websocket_url,
            auction_id=entry.auction_id,
            token=lambda: entry.token,
        )
