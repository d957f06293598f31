"""Posting to WebSockets through API Gateway's management endpoint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, ConnectionClosedError

from shared.logs import logger, with_log_fields
from websocket_service.logic.room.ports import Closing

PARALLEL_POSTS = 16
"""Posts under way at once; more only queue for the CPU of a small Lambda."""


class ApiGatewaySockets:
    """`Sockets` on API Gateway.

    Args:
        client: builds the management client, when the first post needs it.
    """

    def __init__(self, client: Callable[[], Any]) -> None:
        self._build = client
        self._client: Any = None
        self._pool = ThreadPoolExecutor(PARALLEL_POSTS)

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        def send(connection_id: str) -> bool:
            return self._alive(
                connection_id,
                lambda client: client.post_to_connection(ConnectionId=connection_id, Data=message),
            )

        return self._gone(connection_ids, send)

    def close(self, connection_ids: Sequence[str]) -> None:
        def end(connection_id: str) -> bool:
            return self._alive(
                connection_id, lambda client: client.delete_connection(ConnectionId=connection_id)
            )

        self._gone(connection_ids, end)

    def end(self, connection_id: str) -> Closing:
        """Close one, and say whether it is."""
        client = self._built()
        try:
            try:
                client.delete_connection(ConnectionId=connection_id)
            except ConnectionClosedError:  # as below
                client.delete_connection(ConnectionId=connection_id)
        except ClientError as error:
            if error.response["ResponseMetadata"].get("HTTPStatusCode") == 410:
                return "gone"
            logger().warning("not closed", extra={"code": error.response["Error"]["Code"]})
            return "failed"
        except BotoCoreError as error:
            logger().warning("not closed", extra={"code": type(error).__name__})
            return "failed"
        return "closed"

    def _built(self) -> Any:
        if self._client is None:
            self._client = self._build()
        return self._client

    def _gone(self, connection_ids: Sequence[str], call: Callable[[str], bool]) -> list[str]:
        self._built()
        if len(connection_ids) == 1:
            alive = [call(connection_ids[0])]
        else:
            alive = list(self._pool.map(with_log_fields(call), connection_ids))
        return [c for c, is_alive in zip(connection_ids, alive, strict=True) if not is_alive]

    def _alive(self, connection_id: str, call: Callable[[Any], object]) -> bool:
        """Only 410 means gone; whatever else goes wrong, the client sees a gap and asks."""
        try:
            try:
                call(self._client)
            except ConnectionClosedError:  # it went stale while the container slept
                call(self._client)
        except ClientError as error:
            if error.response["ResponseMetadata"].get("HTTPStatusCode") == 410:
                return False
            logger().warning(
                "post failed",
                extra={"connection_id": connection_id, "code": error.response["Error"]["Code"]},
            )
        except BotoCoreError as error:
            logger().warning(
                "post failed",
                extra={"connection_id": connection_id, "code": type(error).__name__},
            )
        return True
