"""Handing a slice of connections to a fan-out worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from shared.fields import Id
from shared.logs import request_id

if TYPE_CHECKING:  # a worker starts none itself
    from shared.aws.functions import Functions


class FanOutSlice(msgspec.Struct, frozen=True):
    """Connections of one auction, the message that each is to get, and the request behind it."""

    auction_id: Id
    connection_ids: list[str]
    message: str
    request_id: str | None = None


def start_fan_out(
    functions: Functions, arn: str, auction_id: str, connection_ids: Sequence[str], message: bytes
) -> None:
    """Start a worker and do not wait for it."""
    slice_ = FanOutSlice(auction_id, list(connection_ids), message.decode(), request_id())
    functions.start(arn, msgspec.json.encode(slice_))
