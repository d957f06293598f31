"""Other ways to post one message to many connections. Each returns those that are gone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

import boto3
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.config import Config

THREADS = 50
GATHERED = 50
"""Connections of aiobotocore's pool: as many requests are under way at once."""

SERVICE = "apigatewaymanagementapi"


class InSequence:
    """boto3, one after the other, as AWS's sample does it."""

    def __init__(self, endpoint: str) -> None:
        self._client = boto3.client(SERVICE, endpoint_url=endpoint)

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        return [it for it in connection_ids if not alive(self._client, it, message)]


class InThreads:
    """boto3 with 50 threads that share a client, whose pool has a connection for each of them, as
    botocore's documentation recommends."""

    def __init__(self, endpoint: str) -> None:
        config = Config(max_pool_connections=THREADS)
        self._client = boto3.client(SERVICE, endpoint_url=endpoint, config=config)
        self._pool = ThreadPoolExecutor(THREADS)

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        def send(connection_id: str) -> bool:
            return alive(self._client, connection_id, message)

        living = self._pool.map(send, connection_ids)
        return [it for it, is_alive in zip(connection_ids, living, strict=True) if not is_alive]


class Gathered:
    """aiobotocore with `asyncio.gather`; its loop and its client stay, as in a warm container."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._runner = asyncio.Runner()
        self._client: Any = None

    def __enter__(self) -> Self:
        config = AioConfig(max_pool_connections=GATHERED)
        self._made = get_session().create_client(
            SERVICE, endpoint_url=self._endpoint, config=config
        )
        self._client = self._runner.run(self._made.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.run(self._made.__aexit__(kind, error, trace))
        self._runner.close()

    def post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        return self._runner.run(self._post(connection_ids, message))

    async def _post(self, connection_ids: Sequence[str], message: bytes) -> list[str]:
        async def send(connection_id: str) -> bool:
            try:
                await self._client.post_to_connection(ConnectionId=connection_id, Data=message)
            except self._client.exceptions.GoneException:
                return False
            return True

        living = await asyncio.gather(*(send(it) for it in connection_ids))
        return [it for it, is_alive in zip(connection_ids, living, strict=True) if not is_alive]


def alive(client: Any, connection_id: str, message: bytes) -> bool:
    """Post to one connection; False if it is gone."""
    try:
        client.post_to_connection(ConnectionId=connection_id, Data=message)
    except client.exceptions.GoneException:
        return False
    return True
