"""Handing a slice of connections to a fan-out worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.fields import Id


class FanOutSlice(msgspec.Struct, frozen=True):
    """Connections of one auction, and the message that each is to get."""

    auction_id: Id
    connection_ids: list[str]
    message: str


def invoke_fan_out(
    client: Any, arn: str, auction_id: str, connection_ids: Sequence[str], message: bytes
) -> None:
    """Start a worker and do not wait for it."""
    payload = FanOutSlice(auction_id, list(connection_ids), message.decode())
    client.invoke(FunctionName=arn, InvocationType="Event", Payload=msgspec.json.encode(payload))
