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
    AWS_*                     as Lambda sets them, see `shared.aws.access`
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from shared.aws.access import Access
from shared.clock import now_ms
from shared.logs import logger
from shared.metrics import emit
from shared.tracing import trace_aws_calls

if TYPE_CHECKING:
    from shared.auction import Member
    from shared.aws.functions import Functions
    from shared.settings import CachedSettings, Settings
    from websocket_service.adapters import writes
    from websocket_service.adapters.auctions import DynamoAuctions
    from websocket_service.adapters.bridge import LambdaBridge
    from websocket_service.adapters.catalogue import DynamoCatalogue
    from websocket_service.adapters.chats import DynamoChats
    from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
    from websocket_service.adapters.ledger import DynamoLedger
    from websocket_service.adapters.live import LiveTables
    from websocket_service.adapters.members import DynamoRoll
    from websocket_service.adapters.queues import SqsOutbox
    from websocket_service.adapters.rules_book import DynamoRulesBook
    from websocket_service.adapters.seats import DynamoSeats
    from websocket_service.adapters.sockets import ApiGatewaySockets
    from websocket_service.logic.broadcast import Broadcaster
    from websocket_service.logic.read_state import Reader
    from websocket_service.logic.room.ports import RoomDesk
    from websocket_service.logic.run_command import Desk


class Container:
    """One Lambda container's adapters, each imported and built when it is first used: a function
    needs few of them, and what a person waits for, once the auction is open, none of those on
    botocore and PynamoDB, which take longer to import than all that it has to do.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.now_ms = now_ms

    def settings(self) -> Settings:
        return self._settings.current()

    @cached_property
    def _settings(self) -> CachedSettings:
        from shared.settings import CachedSettings
        from shared.settings_table import StoredSettings

        return CachedSettings(
            source=StoredSettings(
                self._live.dynamodb,
                table=self._environ["SETTINGS_TABLE"],
                history=self._environ["SETTINGS_HISTORY_TABLE"],
            ),
            clock=now_ms,
            on_bad_value=_report_bad_setting,
            on_unavailable=lambda why: logger().error("settings not read", extra={"why": why}),
        )

    @cached_property
    def auctions(self) -> DynamoAuctions:
        from websocket_service.adapters.auctions import DynamoAuctions

        return DynamoAuctions(self._live)

    @cached_property
    def rules_book(self) -> DynamoRulesBook:
        from websocket_service.adapters.rules_book import DynamoRulesBook

        return DynamoRulesBook(self._live)

    @cached_property
    def catalogue(self) -> DynamoCatalogue:
        from websocket_service.adapters.catalogue import DynamoCatalogue

        return DynamoCatalogue(self._live)

    @cached_property
    def opening(self) -> writes.DynamoOpening:
        from websocket_service.adapters import writes

        self._bind_models()
        return writes.DynamoOpening(self.rules_book)

    @cached_property
    def ledger(self) -> DynamoLedger:
        from websocket_service.adapters.ledger import DynamoLedger

        return DynamoLedger(self._live)

    @cached_property
    def ledger_writer(self) -> writes.DynamoLedgerWriter:
        from websocket_service.adapters import writes

        self._bind_models()
        return writes.DynamoLedgerWriter()

    @cached_property
    def connections(self) -> DynamoConnections:
        from websocket_service.adapters.connections import DynamoConnections

        return DynamoConnections(self._live, now_ms, self.leave_seat)

    @cached_property
    def tickets(self) -> DynamoTickets:
        from websocket_service.adapters.connections import DynamoTickets

        return DynamoTickets(self._live)

    @cached_property
    def seats(self) -> DynamoSeats:
        from websocket_service.adapters.seats import DynamoSeats

        return DynamoSeats(self._live.dynamodb, self._environ["SEATS_TABLE"])

    @cached_property
    def room_desk(self) -> RoomDesk:
        from websocket_service.logic.room.ports import RoomDesk

        return RoomDesk(
            seats=self.seats,
            tickets=self.tickets,
            close=lambda connection_id: self.sockets.end(connection_id),
            settings=self.settings,
            now_ms=now_ms,
        )

    def take_seat(self, auction_id: str, user_id: str, claim: str, connection_id: str) -> bool:
        from websocket_service.logic.room.connections import take_seat

        return take_seat(auction_id, user_id, claim, connection_id, seats=self.seats, now_ms=now_ms)

    def leave_seat(self, auction_id: str, user_id: str, connection_id: str) -> None:
        from websocket_service.logic.room.connections import leave_seat

        leave_seat(auction_id, user_id, connection_id, seats=self.seats, now_ms=now_ms)

    @cached_property
    def chats(self) -> DynamoChats:
        from websocket_service.adapters.chats import DynamoChats

        return DynamoChats(self._live)

    @cached_property
    def roll(self) -> DynamoRoll:
        from websocket_service.adapters.members import DynamoRoll

        return DynamoRoll(self._live)

    @cached_property
    def roll_writer(self) -> writes.DynamoRollWriter:
        from websocket_service.adapters import writes

        self._bind_models()
        return writes.DynamoRollWriter()

    def find_member(self, auction_id: str, user_id: str) -> Member:
        from websocket_service.logic.tickets import find_member

        return find_member(
            auction_id, user_id, roll=self.roll, auctions=self.auctions, bridge=lambda: self.bridge
        )

    @cached_property
    def sockets(self) -> ApiGatewaySockets:
        from websocket_service.adapters.sockets import ApiGatewaySockets

        return ApiGatewaySockets(self._access, self._environ["SOCKETS_ENDPOINT"])

    @cached_property
    def broadcaster(self) -> Broadcaster:
        from websocket_service.logic.broadcast import Broadcaster

        return Broadcaster(
            connections=lambda: self.connections,
            sockets=self.sockets,
            fan_out=self._fan_out,
            fan_out_above=lambda: self.settings().fan_out_above,
        )

    @cached_property
    def bridge(self) -> LambdaBridge:
        from botocore.config import Config

        from websocket_service.adapters.bridge import LambdaBridge

        # a bridge function may take 22 s; asking again is the client's decision
        patience = Config(read_timeout=24, retries={"total_max_attempts": 1})
        return LambdaBridge(
            self._client("lambda", config=patience),
            open_auction_arn=self._environ.get("OPEN_AUCTION_ARN", ""),
            find_member_arn=self._environ.get("FIND_MEMBER_ARN", ""),
        )

    @cached_property
    def outbox(self) -> SqsOutbox:
        from websocket_service.adapters.queues import SqsOutbox

        return SqsOutbox(
            self._client("sqs"),
            apply_queue_url=self._environ["APPLY_QUEUE_URL"],
            hammer_queue_url=self._environ["HAMMER_QUEUE_URL"],
        )

    @cached_property
    def desk(self) -> Desk:
        from websocket_service.logic.run_command import Desk

        return Desk(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            now_ms=now_ms,
        )

    @cached_property
    def reader(self) -> Reader:
        from websocket_service.logic.read_state import Reader

        return Reader(
            auctions=self.auctions,
            rules_book=self.rules_book,
            catalogue=self.catalogue,
            ledger=self.ledger,
            connections=self.connections,
            chats=self.chats,
            now_ms=now_ms,
        )

    @cached_property
    def _access(self) -> Access:
        return Access.of(os.environ)

    @cached_property
    def _live(self) -> LiveTables:
        from shared.aws.dynamodb import DynamoDB
        from websocket_service.adapters.live import LiveTables

        return LiveTables(DynamoDB(self._access), self._environ)

    def _fan_out(self, auction_id: str, connection_ids: Sequence[str], message: bytes) -> None:
        from websocket_service.adapters.fan_out import start_fan_out

        arn = self._environ["FAN_OUT_ARN"]
        start_fan_out(self._functions, arn, auction_id, connection_ids, message)

    @cached_property
    def _functions(self) -> Functions:
        from shared.aws.functions import Functions

        return Functions(self._access)

    def _bind_models(self) -> None:
        """PynamoDB's models know their tables by name, the whole process alike."""
        from websocket_service.adapters import tables

        trace_aws_calls()
        tables.bind(self._environ)

    def _client(self, service: str, **options: Any) -> Any:
        import botocore.session

        trace_aws_calls()
        return botocore.session.get_session().create_client(service, **options)


def _report_bad_setting(name: str, why: str) -> None:
    logger().error("bad setting ignored", extra={"setting": name, "why": why})
    emit({"BadSetting": 1}, setting=name)


@cache
def container() -> Container:
    """This container's adapters, from its environment."""
    return Container(os.environ)
