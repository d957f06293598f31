"""A house with one auction, through the real handlers on DynamoDB; API Gateway is played."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from shared.codec import encode
from shared.commands import Command
from shared.errors import NotFound
from shared.room import Admit, Newcomer
from shared.settings import Settings
from tests.fakes.builders import AUCTION, RULES, open_state, projection
from tests.fakes.clock import Clock
from tests.integration.websocket.world import live, opening
from websocket_service import wiring
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.handlers import (
    admit,
    authorize_connect,
    close_room,
    connect,
    disconnect,
    issue_ticket,
    read_state,
    renew_ticket,
    send_chat,
)
from websocket_service.logic.room.ports import Closing

SEATS_TABLE = "seats"


class House:
    """The auction of `tests.fakes.builders`, open, and its door.

    Attributes:
        up: the WebSockets that are, by connection id: the authorizer's context of each.
    """

    def __init__(self, patch: pytest.MonkeyPatch, **settings: int) -> None:
        self.clock = Clock(1_800_000_000_000)
        self.settings = Settings(**{"seats": 2, **settings})
        self.up: dict[str, dict[str, str]] = {}
        patch.setattr(wiring, "now_ms", self.clock)
        self.container = wiring.Container(
            {"SEATS_TABLE": SEATS_TABLE, "SOCKETS_ENDPOINT": "http://127.0.0.1:1"}
        )
        patch.setattr(self.container, "settings", lambda: self.settings)
        patch.setattr(self.container.sockets, "end", self.end)
        patch.setattr(self.container.sockets, "post", self.post)
        patch.setattr(type(self.container), "bridge", Nowhere())
        for handler in (
            admit,
            authorize_connect,
            close_room,
            connect,
            disconnect,
            issue_ticket,
            read_state,
            renew_ticket,
            send_chat,
        ):
            patch.setattr(handler, "container", lambda: self.container)
        opening().write(projection(), RULES)
        DynamoAuctions(live()).create(open_state())

    # API Gateway's side

    def end(self, connection_id: str) -> Closing:
        return "closed" if self.up.pop(connection_id, None) else "gone"

    def post(self, connection_ids: Iterable[str], message: bytes) -> list[str]:
        return [it for it in connection_ids if it not in self.up]

    def connect(self, secret: str, connection_id: str) -> int:
        """Open a WebSocket; the status of the handshake."""
        query = {"ticket": secret, "auction": AUCTION}
        allowed = authorize_connect.handler(
            {"queryStringParameters": query, "methodArn": "arn:connect"}, None
        )
        if allowed["policyDocument"]["Statement"][0]["Effect"] != "Allow":
            return 403
        context = allowed["context"]
        status: int = connect.handler(self.event(context, connection_id), None)["statusCode"]
        if status == 200:
            self.up[connection_id] = context
        return status

    def disconnect(self, connection_id: str) -> None:
        disconnect.handler(self.event(self.up.pop(connection_id), connection_id), None)

    def say(self, connection_id: str, command: Command, to: Any = read_state) -> dict[str, Any]:
        """Send a frame; the answer."""
        event = self.event(self.up[connection_id], connection_id, body=encode(command).decode())
        event["requestContext"]["eventType"] = "MESSAGE"
        answer: dict[str, Any] = json.loads(to.handler(event, None)["body"])
        return answer

    @staticmethod
    def event(context: dict[str, str], connection_id: str, **fields: Any) -> dict[str, Any]:
        return {
            "requestContext": {"connectionId": connection_id, "authorizer": context},
            **fields,
        }

    # the HTTP API's side

    def ask(self, user_id: str) -> tuple[int, dict[str, Any]]:
        """POST tickets."""
        claims = {"sub": user_id}
        event = {
            "pathParameters": {"id": AUCTION},
            "requestContext": {"authorizer": {"jwt": {"claims": claims}}},
        }
        answer = issue_ticket.handler(event, None)
        return answer["statusCode"], json.loads(answer["body"])

    def enter(self, user_id: str, connection_id: str) -> int:
        return self.connect(self.ask(user_id)[1]["ticket"], connection_id)

    # the lobby's side

    def admit(self, *user_ids: str, waiting: int = 0) -> dict[str, Any]:
        users = tuple(Newcomer(user_id, user_id.title()) for user_id in user_ids)
        reply: dict[str, Any] = self.invoke(admit, Admit(AUCTION, waiting, users))["reply"]
        return reply

    @staticmethod
    def invoke(function: Any, request: msgspec.Struct) -> dict[str, Any]:
        """The whole answer of a function."""
        payload = {"hops": 1, "request": msgspec.to_builtins(request)}
        answer: dict[str, Any] = json.loads(json.dumps(function.handler(payload, None)))
        return answer


class Nowhere:
    """A database that knows no member."""

    def find_member(self, auction_id: str, user_id: str) -> None:
        raise NotFound("not a member")
