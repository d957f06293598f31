"""The only place that builds adapters and reads the environment, once per container.

Environment (each function has only what it needs):
    *_TABLE                   names of the service's tables, see `adapters.tables`
    SETTINGS_TABLE, SETTINGS_HISTORY_TABLE
                              the stage's settings
    SOCKETS_ENDPOINT          the management endpoint of the WebSocket API
    FAN_OUT_ARN, OPEN_AUCTION_ARN, FIND_MEMBER_ARN
                              aliases `live` of the functions it may invoke
    APPLY_QUEUE_URL, HAMMER_QUEUE_URL
    TRACING                   `on` in stages with X-Ray
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any

import botocore.session
from botocore.config import Config

from shared.auction import Member
from shared.clock import now_ms
from shared.errors import NotFound
from shared.logs import logger
from shared.metrics import emit
from shared.settings import CachedSettings, Settings
from shared.settings_table import StoredSettings
from shared.tracing import trace_aws_calls
from websocket_service.adapters import tables
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.bridge import LambdaBridge
from websocket_service.adapters.catalogue import DynamoCatalogue, DynamoChats, DynamoRulesBook
from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
from websocket_service.adapters.fan_out import invoke_fan_out
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.members import find_member
from websocket_service.adapters.queues import SqsOutbox
from websocket_service.adapters.seats import DynamoSeats
from websocket_service.adapters.sockets import PARALLEL_POSTS, ApiGatewaySockets
from websocket_service.logic.broadcast import Broadcaster
from websocket_service.logic.read_state import Reader
from websocket_service.logic.room.connections import leave_seat, take_seat
from websocket_service.logic.room.ports import RoomDesk
from websocket_service.logic.run_command import Desk

POSTING = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"total_max_attempts": 1},
    max_pool_connections=PARALLEL_POSTS,
)
"""The answer to a command waits for its posts: by default one that hangs would take minutes, and
one that is throttled would wait for its turn. Whoever is missed sees a gap and asks."""


IMPATIENT = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2})
"""Without the table there are the settings that were in force."""


class Container:
    """One Lambda container's adapters, each built when it is first used."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._session = botocore.session.get_session()
        self.now_ms = now_ms
        tables.bind(environ)

    def settings(self) -> Settings:
        return self._settings.current()

    @cached_property
    def _settings(self) -> CachedSettings:
        return CachedSettings(
            source=StoredSettings(
                self._client("dynamodb", config=IMPATIENT),
                table=self._environ["SETTINGS_TABLE"],
                history=self._environ["SETTINGS_HISTORY_TABLE"],
            ),
            clock=now_ms,
            on_bad_value=_report_bad_setting,
            on_unavailable=lambda why: logger().error("settings not read", extra={"why": why}),
        )

    @cached_property
    def auctions(self) -> DynamoAuctions:
        return DynamoAuctions()

    @cached_property
    def rules_book(self) -> DynamoRulesBook:
        return DynamoRulesBook()

    @cached_property
    def catalogue(self) -> DynamoCatalogue:
        return DynamoCatalogue()

    @cached_property
    def ledger(self) -> DynamoLedger:
        return DynamoLedger()

    @cached_property
    def connections(self) -> DynamoConnections:
        return DynamoConnections(now_ms, self.leave_seat)

    @cached_property
    def tickets(self) -> DynamoTickets:
        return DynamoTickets()

    @cached_property
    def seats(self) -> DynamoSeats:
        return DynamoSeats(self._client("dynamodb"), self._environ["SEATS_TABLE"])

    @cached_property
    def room_desk(self) -> RoomDesk:
        return RoomDesk(
            seats=self.seats,
            tickets=self.tickets,
            close=lambda connection_id: self.sockets.end(connection_id),
            settings=self.settings,
            now_ms=now_ms,
        )

    def take_seat(self, auction_id: str, user_id: str, claim: str, connection_id: str) -> bool:
        return take_seat(auction_id, user_id, claim, connection_id, seats=self.seats, now_ms=now_ms)

    def leave_seat(self, auction_id: str, user_id: str, connection_id: str) -> None:
        leave_seat(auction_id, user_id, connection_id, seats=self.seats, now_ms=now_ms)

    def find_member(self, auction_id: str, user_id: str) -> Member:
        """Which member a user is: once the auction is open its own table knows, and the database
        is asked only before.

        Raises:
            NotFound: they are none.
            CalleeFailed: the database could not be asked.
        """
        member = find_member(auction_id, user_id)
        if member is not None and member.active:
            return member
        if self.auctions.read(auction_id) is not None:
            raise NotFound("not a member")
        return self.bridge.find_member(auction_id, user_id)

    @cached_property
    def chats(self) -> DynamoChats:
        return DynamoChats()

    @cached_property
    def sockets(self) -> ApiGatewaySockets:
        endpoint = self._environ["SOCKETS_ENDPOINT"]
        return ApiGatewaySockets(
            lambda: self._client("apigatewaymanagementapi", endpoint_url=endpoint, config=POSTING)
        )

    @cached_property
    def broadcaster(self) -> Broadcaster:
        return Broadcaster(
            connections=self.connections,
            sockets=self.sockets,
            fan_out=self._fan_out,
            fan_out_above=lambda: self.settings().fan_out_above,
        )

    @cached_property
    def bridge(self) -> LambdaBridge:
        # a bridge function may take 22 s; asking again is the client's decision
        patience = Config(read_timeout=24, retries={"total_max_attempts": 1})
        return LambdaBridge(
            self._client("lambda", config=patience),
            open_auction_arn=self._environ.get("OPEN_AUCTION_ARN", ""),
            find_member_arn=self._environ.get("FIND_MEMBER_ARN", ""),
        )

    @cached_property
    def outbox(self) -> SqsOutbox:
        return SqsOutbox(
            self._client("sqs"),
            apply_queue_url=self._environ["APPLY_QUEUE_URL"],
            hammer_queue_url=self._environ["HAMMER_QUEUE_URL"],
        )

    @cached_property
    def desk(self) -> Desk:
        return Desk(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            now_ms=now_ms,
        )

    @cached_property
    def reader(self) -> Reader:
        return Reader(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            connections=self.connections,
            chats=self.chats,
            now_ms=now_ms,
        )

    def _fan_out(self, auction_id: str, connection_ids: Sequence[str], message: bytes) -> None:
        arn = self._environ["FAN_OUT_ARN"]
        invoke_fan_out(self._client("lambda"), arn, auction_id, connection_ids, message)

    def _client(self, service: str, **options: Any) -> Any:
        return self._session.create_client(service, **options)


def _report_bad_setting(name: str, why: str) -> None:
    logger().error("bad setting ignored", extra={"setting": name, "why": why})
    emit({"BadSetting": 1}, setting=name)


@cache
def container() -> Container:
    """This container's adapters, from its environment."""
    trace_aws_calls()
    return Container(os.environ)
