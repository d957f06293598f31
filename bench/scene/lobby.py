"""The lobby and the room's seats in this process: their real handlers on tables and queues in
memory, with streams and messages delivered as Lambda would."""

from __future__ import annotations

import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

import msgspec

from bench.scene.dynamodb import DynamoDb
from bench.scene.emulated import open_auction, set_environment
from bench.scene.in_process import Clock, InProcessAws, Queue
from bench.scene.table import Change, Table
from chaos.aws import EMULATED
from lobby_service import wiring as lobby_wiring
from lobby_service.adapters.lines import line_of
from lobby_service.handlers import line_up
from lobby_service.logic.line import Line
from shared.lobby import LineOrder
from tests.integration.lobby import calls
from websocket_service import wiring as room_wiring
from websocket_service.adapters.tables import MODELS
from websocket_service.handlers import (
    admit,
    authorize_connect,
    close_room,
    connect,
    disconnect,
    renew_ticket,
)

AUCTION = "auction"
START_MS = 1_800_000_000_000
RECORDS, MESSAGES, WINDOWS = 490, 10, 4
"""A batch of the stream, a batch of the queue, and how many of those are worked on at once: as in
services/lobby/serverless.yml."""

AGAIN = 0.03
"""How many batches and messages are delivered twice."""

ENVIRONMENT = {
    **EMULATED,
    **calls.TABLES,
    "SEATS_TABLE": "seats",
    "AUCTIONS_TABLE": "auctions",
    "MEMBERS_TABLE": "members",
    "CONNECTIONS_TABLE": "connections",
    "TICKETS_TABLE": "tickets",
    "SETTINGS_TABLE": "settings",
    "SETTINGS_HISTORY_TABLE": "history",
    "ADMIT_ARN": "admit",
    "RENEW_TICKET_ARN": "renewTicket",
    "CLOSE_ROOM_ARN": "closeRoom",
    "WINDOWS_QUEUE_URL": "windows",
    "SET_ASIDE_QUEUE_URL": "set-aside",
    "SOCKETS_ENDPOINT": "https://sockets.example",
}
FUNCTIONS = {
    "admit": admit.handler,
    "renewTicket": renew_ticket.handler,
    "closeRoom": close_room.handler,
}


def tables() -> dict[str, Table]:
    """The tables of both services; that of seats has a stream here, which tells who got one."""
    return {
        "lines": Table("auction_id"),
        "waiters": Table("id", streamed=True),
        "numbers": Table("line_series", "first_number"),
        "seats": Table("auction_id", "user_id", ("by_expiry", "expires_at_ms"), streamed=True),
        "auctions": Table("id"),
        "members": Table("auction_id", "user_id"),
        "connections": Table("auction_id", "connection_id"),
        "tickets": Table("ticket_hash"),
        "settings": Table("name"),
        "history": Table("name", "version"),
    }


class Lobby:
    """One line and its room.

    Attributes:
        spent_s: CPU seconds in the handlers that let people `join`, `number` them and `admit` them.
        called: calls to AWS in the same.
        seated: most seats that were taken at any instant.
        lagging: shards of the waiters' stream that are not delivered at the moment.
    """

    def __init__(self, seats: int, chance: random.Random) -> None:
        self.clock = Clock(START_MS)
        self.tables = tables()
        self.queues = {"windows": Queue(), "set-aside": Queue()}
        database = DynamoDb(self.tables)
        self.aws = InProcessAws(database, self.queues, FUNCTIONS, self.clock, chance)
        self.spent_s: defaultdict[str, float] = defaultdict(float)
        self.called: Counter[str] = Counter()
        self.seated = 0
        self.lagging: frozenset[int] = frozenset()
        self._chance = chance
        self._again: list[Change] = []
        self._set_seats(seats)
        self.tables["seats"].after_write = self._count_seats

    @contextmanager
    def deployed(self) -> Iterator[None]:
        """Both services' containers are new, and reach this."""

        def step(_: float) -> None:
            self.aws.lambdas.step()

        with (
            self.aws.reached(),
            set_environment(ENVIRONMENT),
            mock.patch.object(line_up, "_wait", step),
        ):
            _forget_containers()
            try:
                room = room_wiring.container()
                room.room_desk = msgspec.structs.replace(room.room_desk, wait=step)
                open_auction(AUCTION)  # of whose league nobody here is a member
                yield
            finally:
                _forget_containers()

    def join(self, user_id: str) -> dict[str, Any]:
        with self._spending("join"):
            return _answered(calls.join(AUCTION, user_id))

    def me(self, user_id: str) -> dict[str, Any]:
        return _answered(calls.look(AUCTION, user_id))

    def leave(self, user_id: str) -> dict[str, Any]:
        return _answered(calls.leave(AUCTION, user_id))

    def serving(self) -> dict[str, Any]:
        return _answered(calls.serving(AUCTION))

    def order(self, order: LineOrder) -> None:
        assert "reply" in calls.order(AUCTION, order)

    def connect(self, ticket: str, connection_id: str) -> dict[str, Any] | None:
        """Open a WebSocket; what its events carry from then on, None if it is refused."""
        query = {"ticket": ticket, "auction": AUCTION}
        said = authorize_connect.handler({"queryStringParameters": query, "methodArn": "*"}, None)
        if said["policyDocument"]["Statement"][0]["Effect"] != "Allow":
            return None
        event = {"requestContext": {"connectionId": connection_id, "authorizer": said["context"]}}
        return event if connect.handler(event, None)["statusCode"] == 200 else None

    def disconnect(self, event: dict[str, Any]) -> None:
        disconnect.handler(event, None)

    def keep_going(self) -> None:
        calls.order_windows()

    def line(self) -> Line:
        """As it is in its table."""
        return line_of(next(iter(self.tables["lines"].all())))

    def deliver_stream(self) -> list[str]:
        """Hand all that joined to `lineUp`, shard beside shard; who was admitted meanwhile."""
        admitted: list[str] = []
        shards = self.tables["waiters"].shards
        while batches := [
            self._batch(shards[n], admitted)
            for n in range(len(shards))
            if n not in self.lagging and (shards[n] or self._again)
        ]:
            with self._spending("number"):
                self._at_once([partial(_number, it) for it in batches if it])
        return admitted

    def _batch(self, shard: Any, admitted: list[str]) -> list[dict[str, Any]]:
        changes: list[Change] = self._again
        self._again = []
        while shard and len(changes) < RECORDS:
            changes.append(shard.popleft())
        records = []
        for change in changes:
            record = change.record()
            image = record["dynamodb"]["NewImage"]
            if image["state"]["S"] == "waiting" and "number" not in image:
                records.append(record)
            elif image["state"]["S"] == "admitted":
                admitted.append(image["user_id"]["S"])
        if self._chance.random() < AGAIN:
            self._again = [it for it in changes if it.is_new]
        return records

    def deliver_windows(self) -> None:
        """Hand the messages that are due to as many `admitNext` as may run at once."""
        batches = []
        for _ in range(WINDOWS):
            bodies = self.queues["windows"].receive(self.clock.now_ms, MESSAGES)
            if bodies:
                batches.append(bodies)
                if self._chance.random() < AGAIN:
                    self.queues["windows"].send(bodies[0], self.clock.now_ms + 30_000)
        with self._spending("admit"):
            self._at_once([partial(_admit, it) for it in batches])

    def _at_once(self, lambdas: Sequence[Callable[[], None]]) -> None:
        if len(lambdas) == 1:
            lambdas[0]()  # nobody interrupts it
        else:
            self.aws.lambdas.run(lambdas)

    def _count_seats(self) -> None:
        seats = self.tables["seats"]
        self.seated = max(self.seated, seats.count(AUCTION) - 1)  # one row counts the others

    def seats_given(self) -> list[str]:
        """Who got a seat, in that order: user ids."""
        changes = sorted(it for shard in self.tables["seats"].shards for it in shard)
        images = [it.record()["dynamodb"]["NewImage"] for it in changes if it.is_new]
        return [it["user_id"]["S"] for it in images if it["user_id"]["S"] != "#room"]

    def _set_seats(self, seats: int) -> None:
        table = self.tables["settings"]
        item = {"name": {"S": "seats"}, "value": {"S": json.dumps(seats)}}
        table.write(table.key(item), None, item)

    @contextmanager
    def _spending(self, what: str) -> Iterator[None]:
        began, called = time.process_time(), self.aws.calls.total()
        try:
            yield
        finally:
            self.spent_s[what] += time.process_time() - began
            self.called[what] += self.aws.calls.total() - called


def _answered(response: Mapping[str, Any]) -> dict[str, Any]:
    assert response["statusCode"] == 200, response
    body: dict[str, Any] = msgspec.json.decode(response["body"])
    return body


def _number(records: Sequence[dict[str, Any]]) -> None:
    again = calls.number(records)
    assert not again, again


def _admit(bodies: Sequence[str]) -> None:
    again = calls.admit(bodies)
    assert not again, again


def _forget_containers() -> None:
    lobby_wiring.container.cache_clear()
    room_wiring.container.cache_clear()
    for model in MODELS.values():
        model._connection = None
