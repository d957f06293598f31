"""A crowd that comes to the line of a public auction, each with a token of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import httpx
from websockets.asyncio.client import connect as open_websocket

from tests.e2e.system import System

AT_ONCE = 16
STAYS_S = 0.2


class Crowd:
    """People by name, and what each of them does.

    Attributes:
        came_in: who opened a WebSocket, in that order.
        inside: how many are in the room now.
        most_inside: how many were there at once, at most.
    """

    def __init__(self, system: System, auction_id: str) -> None:
        self._system = system
        self.auction_id = auction_id
        self._api = system.stage.output("lobby", "ApiUrl")
        self._sockets = system.stage.output("websocket", "WebsocketUrl")
        self._tokens: dict[str, str] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self.came_in: list[str] = []
        self.inside = 0
        self.most_inside = 0

    def sign_in(self, people: Iterable[str]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            self._tokens |= dict(zip(people, threads.map(self._token, people), strict=True))

    def _token(self, person: str) -> str:
        self._system.users.ensure(person)
        return self._system.token(person)

    async def everyone_asks(self, method: str, path: str, people: Iterable[str]) -> dict[str, Any]:
        """What each of them is answered, by name."""
        people = list(people)
        async with httpx.AsyncClient(timeout=60) as http:
            answers = await asyncio.gather(*(self._ask(http, method, path, it) for it in people))
        return dict(zip(people, answers, strict=True))

    async def _ask(self, http: httpx.AsyncClient, method: str, path: str, person: str) -> Any:
        async with self._turns:
            answer = await http.request(
                method,
                f"{self._api}/auctions/{self.auction_id}/queue{path}",
                headers={"authorization": f"Bearer {self._tokens[person]}"},
            )
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def come_in_and_leave(self, person: str, ticket: str) -> None:
        url = f"{self._sockets}?auction={self.auction_id}&ticket={ticket}"
        async with open_websocket(url) as socket:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            self.came_in.append(person)
            await asyncio.sleep(STAYS_S)
            self.inside -= 1
            await socket.close()

    def serving(self) -> dict[str, Any]:
        """What everybody may know."""
        answer = httpx.get(f"{self._api}/auctions/{self.auction_id}/queue/serving")
        assert answer.headers["cache-control"] == "public, max-age=1"
        found: dict[str, Any] = answer.json()
        return found

    def window(self) -> None:
        """Let a window be opened now: the schedule's come every five seconds."""
        message = {"type": "window_due", "auction_id": self.auction_id}
        boto3.client("sqs").send_message(
            QueueUrl=self._system.stage.output("lobby", "WindowQueueUrl"),
            MessageBody=json.dumps(message),
        )
