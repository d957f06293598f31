"""The only place that builds adapters and reads the environment, once per container.

Environment (each function has only what it needs):
    LINES_TABLE, WAITERS_TABLE, NUMBERS_TABLE
    ADMIT_ARN, RENEW_TICKET_ARN, CLOSE_ROOM_ARN
                              aliases `live` of the room's functions
    WINDOWS_QUEUE_URL, SET_ASIDE_QUEUE_URL
    SETTINGS_TABLE, SETTINGS_HISTORY_TABLE
                              the stage's settings
    TRACING                   `on` in stages with X-Ray
    AWS_*                     as Lambda sets them, see `shared.aws.access`
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Any

import botocore.session
from botocore.config import Config

from lobby_service.adapters.lines import DynamoLines
from lobby_service.adapters.numbers import DynamoNumbers
from lobby_service.adapters.queues import SqsSetAsides, SqsWindows
from lobby_service.adapters.room import LambdaRoom
from lobby_service.adapters.waiters import DynamoWaiters
from lobby_service.logic.recent import RecentLines
from lobby_service.logic.stand import Desk
from lobby_service.logic.window import Window
from shared.aws.access import Access
from shared.aws.dynamodb import DynamoDB
from shared.clock import now_ms
from shared.logs import logger
from shared.metrics import emit
from shared.settings import CachedSettings, Settings
from shared.settings_table import StoredSettings
from shared.tracing import trace_aws_calls

PATIENT = Config(read_timeout=24, retries={"total_max_attempts": 1})
"""For the room: asking again is the decision of the queue, or of the client."""

Clients = Callable[..., Any]
"""Makes a client by the name of its service; options are botocore's."""


class Container:
    """One Lambda container's adapters, each built when it is first used."""

    def __init__(
        self,
        environ: Mapping[str, str],
        clients: Clients,
        now_ms: Callable[[], int] = now_ms,
    ) -> None:
        self._environ = environ
        self._clients = clients
        self.now_ms = now_ms

    @cached_property
    def lines(self) -> DynamoLines:
        return DynamoLines(self._dynamodb, self._set_aside, self._environ["LINES_TABLE"])

    @cached_property
    def waiters(self) -> DynamoWaiters:
        return DynamoWaiters(self._dynamodb, self._set_aside, self._environ["WAITERS_TABLE"])

    @cached_property
    def numbers(self) -> DynamoNumbers:
        return DynamoNumbers(
            self._dynamodb,
            self._set_aside,
            table=self._environ["NUMBERS_TABLE"],
            lines=self._environ.get("LINES_TABLE", ""),
            waiters=self._environ.get("WAITERS_TABLE", ""),
            now_ms=self.now_ms,
        )

    @cached_property
    def room(self) -> LambdaRoom:
        return LambdaRoom(
            self._clients("lambda", config=PATIENT),
            admit_arn=self._environ.get("ADMIT_ARN", ""),
            renew_ticket_arn=self._environ.get("RENEW_TICKET_ARN", ""),
            close_room_arn=self._environ.get("CLOSE_ROOM_ARN", ""),
        )

    @cached_property
    def windows(self) -> SqsWindows:
        return SqsWindows(self._sqs, self._environ["WINDOWS_QUEUE_URL"])

    @cached_property
    def set_asides(self) -> SqsSetAsides:
        return SqsSetAsides(self._sqs, self._environ["SET_ASIDE_QUEUE_URL"])

    @cached_property
    def settings(self) -> Callable[[], Settings]:
        """The stage's settings, at most half a minute old."""
        source = StoredSettings(
            DynamoDB(Access.of(self._environ)),
            table=self._environ["SETTINGS_TABLE"],
            history=self._environ["SETTINGS_HISTORY_TABLE"],
        )
        return CachedSettings(
            source, self.now_ms, _report_bad_setting, _report_unavailable_settings
        ).current

    @cached_property
    def line_of(self) -> RecentLines:
        return RecentLines(self.lines.read, self.now_ms)

    @cached_property
    def desk(self) -> Desk:
        return Desk(line_of=self.line_of, waiters=self.waiters, room=self.room, now_ms=self.now_ms)

    @cached_property
    def window(self) -> Window:
        return Window(
            lines=self.lines,
            waiters=self.waiters,
            numbers=self.numbers,
            room=self.room,
            set_asides=self.set_asides,
            now_ms=self.now_ms,
            new_seed=lambda: secrets.token_hex(16),
        )

    def _set_aside(self, origin: str, reason: str, payload: str) -> None:
        """Makes SQS's client only where something is set aside: most functions never do."""
        self.set_asides.put(origin, reason, payload)

    @cached_property
    def _dynamodb(self) -> Any:
        return self._clients("dynamodb")

    @cached_property
    def _sqs(self) -> Any:
        return self._clients("sqs")


def _report_bad_setting(name: str, why: str) -> None:
    logger().error("bad setting ignored", extra={"setting": name, "why": why})
    emit({"BadSetting": 1}, setting=name)


def _report_unavailable_settings(why: str) -> None:
    logger().error("settings not read", extra={"why": why})


@cache
def container() -> Container:
    """This container's adapters, from its environment."""
    trace_aws_calls()
    return Container(os.environ, botocore.session.get_session().create_client)
