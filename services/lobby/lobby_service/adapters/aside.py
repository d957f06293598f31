"""Items of a table that nobody can read: set aside when somebody first meets them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from lobby_service.adapters.items import Item, change, changed
from shared.logs import logger

SetAside = Callable[[str, str, str], None]
"""Of origin, reason and payload."""


class AsideOnce:
    """Sets items aside whole and marks them: a window meets the same ones every few seconds.

    Args:
        client: botocore's DynamoDB client.
        set_aside: of `SetAsides`.
    """

    def __init__(self, client: Any, set_aside: SetAside) -> None:
        self._client = client
        self._set_aside = set_aside

    def put(self, table: str, key: Mapping[str, str | int], item: Item, why: str) -> None:
        logger().error("item not read", extra={**key, "why": why})
        if "set_aside" in item:
            return
        # First the queue: an item that is marked and in no queue would be lost.
        self._set_aside(f"item {dict(key)} of {table}", why, json.dumps(item, default=str))
        is_there = f"attribute_exists(#{next(iter(key))})"
        changed(self._client, change(table, key, sets={"set_aside": True}, condition=is_there))
