"""A fan-out worker: posts one message to a slice of an auction's connections."""

from typing import Any

import msgspec

from websocket_service.adapters.fan_out import FanOutSlice
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    slice_ = msgspec.convert(event, FanOutSlice)
    container().broadcaster.post(slice_.auction_id, slice_.connection_ids, slice_.message.encode())
