"""The only place that builds adapters and reads the environment, once per container.

Environment:
    CANARY_PARAMETER          name of the SecureString with the canary's user
    USER_POOL_CLIENT_ID       what it signs in to
    TICKETS_URL, LOBBY_URL, WEBSOCKET_URL
                              the live auction's two APIs, and the line's
    LIST_EVENTS_ARN, FORGET_EVENTS_ARN
                              aliases `live` of the bridge's functions
    STAGE                     whose metrics these are (`shared.metrics`)
    TRACING                   `on` in stages with X-Ray
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

from canary_service.adapters.sign_in import CognitoSignIn
from canary_service.adapters.site import StageSite
from canary_service.logic.check import Check, Purse
from shared.canary import CanaryReport
from shared.metrics import emit
from shared.tracing import trace_aws_calls

PATIENCE = Config(connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 1})
"""A call that hangs keeps the Lambda from ending, also when the check has given it up."""


class Container:
    """One Lambda container's adapters, and what it remembers from check to check."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._session = botocore.session.get_session()
        self._purse = Purse()
        self._site = StageSite(
            CognitoSignIn(
                self._client("ssm"),
                self._client("cognito-idp"),
                parameter=environ["CANARY_PARAMETER"],
                client_id=environ["USER_POOL_CLIENT_ID"],
            ),
            tickets_url=environ["TICKETS_URL"],
            lobby_url=environ["LOBBY_URL"],
            websocket_url=environ["WEBSOCKET_URL"],
            client=self._client("lambda"),
            list_events_arn=environ["LIST_EVENTS_ARN"],
            forget_events_arn=environ["FORGET_EVENTS_ARN"],
        )

    def look(self, *, afresh: bool, through_lobby: bool) -> CanaryReport:
        """Check the stage, and publish how long bid and row were under way; how long the line was
        is a property of the same line of the log, since a third metric would cost too much."""
        check = Check(
            self._site,
            self._purse,
            afresh=afresh,
            through_lobby=through_lobby,
            clock_ms=_monotonic_ms,
        )
        report = asyncio.run(check.run())
        measured = {"BroadcastMs": report.broadcast_ms, "RowMs": report.row_ms}
        if metrics := {name: ms for name, ms in measured.items() if ms is not None}:
            emit(
                metrics,
                "Milliseconds",
                failed_at=report.failed_at,
                bid_ms=report.bid_ms,
                lobby_ms=report.lobby_ms,
            )
        return report

    def _client(self, service: str) -> Any:
        return self._session.create_client(service, config=PATIENCE)


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


@cache
def container() -> Container:
    """This container's adapters, from its environment."""
    trace_aws_calls()
    return Container(os.environ)
