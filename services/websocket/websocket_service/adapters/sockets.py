"""Posting to WebSockets through API Gateway's management endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from shared.aws.access import Access, Endpoint
from shared.aws.errors import Unanswered
from shared.aws.http11 import Response
from shared.aws.posts import Answer, Haste, Posts
from shared.logs import logger

if TYPE_CHECKING:
    from websocket_service.logic.room.ports import Closing

PARALLEL_POSTS = 16
"""Posts under way at once; more only queue for the CPU of a small Lambda."""

HASTE = Haste(at_once=PARALLEL_POSTS, connect_s=1.0, answer_s=1.0)
"""The answer to a command waits for its posts. One that hangs is given up, one that is throttled is
not tried again: whoever is missed sees a gap and asks."""


class ApiGatewaySockets:
    """`Sockets` on API Gateway.

    Args:
        endpoint: URL of the management endpoint.
    """

    def __init__(self, access: Access, endpoint: str) -> None:
        self._posts = Posts(access, "execute-api", Endpoint.of(endpoint), HASTE)

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        return self._gone("POST", connection_ids, message)

    def close(self, connection_ids: Sequence[str]) -> None:
        self._gone("DELETE", connection_ids)

    def end(self, connection_id: str) -> Closing:
        """Close one, and say whether it is."""
        (answer,) = self._posts.send("DELETE", [_path(connection_id)])
        if isinstance(answer, Unanswered):
            code = answer.code
        elif answer.status == 410:
            return "gone"
        elif answer.status < 300:
            return "closed"
        else:
            code = _code_of(answer)
        logger().warning("not closed", extra={"code": code})
        return "failed"

    def _gone(self, method: str, connection_ids: Sequence[str], body: bytes = b"") -> list[str]:
        answers = self._posts.send(method, [_path(it) for it in connection_ids], body)
        return [
            connection_id
            for connection_id, answer in zip(connection_ids, answers, strict=True)
            if not _alive(connection_id, answer)
        ]


def _path(connection_id: str) -> str:
    return f"/@connections/{quote(connection_id, safe='')}"


def _code_of(answer: Response) -> str:
    return answer.headers.get("x-amzn-errortype", f"Http{answer.status}")


def _alive(connection_id: str, answer: Answer) -> bool:
    """Only 410 means gone; whatever else goes wrong, the client sees a gap and asks."""
    if isinstance(answer, Unanswered):
        code = answer.code
    elif answer.status == 410:
        return False
    elif answer.status < 300:
        return True
    else:
        code = _code_of(answer)
    logger().warning("post failed", extra={"connection_id": connection_id, "code": code})
    return True
