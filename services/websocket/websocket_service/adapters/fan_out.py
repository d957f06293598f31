"""Handing a slice of connections to a fan-out worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.fields import Id
from shared.logs import request_id


class FanOutSlice(msgspec.Struct, frozen=True):
    """Connections of one auction, the message that each is to get, and the request behind it."""

    auction_id: Id
    connection_ids: list[str]
    message: str
    request_id: str | None = None


def invoke_fan_out(
    client: Any, arn: str, auction_id: str, connection_ids: Sequence[str], message: bytes
) -> None:
    """Start a worker and do not wait for it."""
    payload = FanOutSlice(auction_id, list(connection_ids), message.decode(), request_id())
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=msgspec.json.encode(payload))
