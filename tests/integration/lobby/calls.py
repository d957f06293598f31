"""The lobby's handlers, called as API Gateway, Lambda, the stream and the queue call them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from lobby_service.handlers import (
    admit_next,
    join_line,
    keep_going,
    leave_line,
    line_up,
    read_serving,
    read_standing,
    run_line,
)
from shared.lobby import LineOrder, RunLine

TABLES = {"LINES_TABLE": "lines", "WAITERS_TABLE": "waiters", "NUMBERS_TABLE": "numbers"}
HANDLERS = (
    admit_next,
    join_line,
    keep_going,
    leave_line,
    line_up,
    read_serving,
    read_standing,
    run_line,
)


def join(auction_id: str, user_id: str, body: str | None = None) -> dict[str, Any]:
    return join_line.handler(request(auction_id, user_id, body), None)


def look(auction_id: str, user_id: str) -> dict[str, Any]:
    return read_standing.handler(request(auction_id, user_id), None)


def leave(auction_id: str, user_id: str) -> dict[str, Any]:
    return leave_line.handler(request(auction_id, user_id), None)


def serving(auction_id: str) -> dict[str, Any]:
    return read_serving.handler(request(auction_id), None)


def order(auction_id: str, order: LineOrder) -> dict[str, Any]:
    asked = msgspec.to_builtins(RunLine(auction_id, order))
    return run_line.handler({"hops": 1, "request": asked}, None)


def number(records: Sequence[dict[str, Any]]) -> list[str]:
    """Deliver records of the waiters' stream; the numbers of those that are to come again."""
    answer = line_up.handler({"Records": list(records)}, None)
    return [it["itemIdentifier"] for it in answer["batchItemFailures"]]


def admit(bodies: Sequence[str]) -> list[str]:
    """Deliver messages, `m-0` and so on; the ids of those that are to come again."""
    records = [{"messageId": f"m-{n}", "body": it} for n, it in enumerate(bodies)]
    answer = admit_next.handler({"Records": records}, None)
    return [it["itemIdentifier"] for it in answer["batchItemFailures"]]


def order_windows() -> None:
    """As the schedule does, every minute."""
    keep_going.handler({}, None)


def request(auction_id: str, user_id: str | None = None, body: str | None = None) -> dict[str, Any]:
    """As API Gateway hands it over, its authorizer passed."""
    claims = {} if user_id is None else {"sub": user_id, "name": "A spectator"}
    return {
        "pathParameters": {"id": auction_id},
        "requestContext": {"requestId": "r-1", "authorizer": {"jwt": {"claims": claims}}},
        "body": body,
        "isBase64Encoded": False,
    }
