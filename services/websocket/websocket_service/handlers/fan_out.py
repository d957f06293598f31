"""A fan-out worker: posts one message to a slice of an auction's connections."""

from typing import Any

import msgspec

from shared.logs import log_fields
from websocket_service.adapters.fan_out import FanOutSlice
from websocket_service.measures import count_told
from websocket_service.wiring import container


def handler(event: dict[str, Any], context: object) -> None:
    slice_ = msgspec.convert(event, FanOutSlice)
    with log_fields(auction_id=slice_.auction_id, request_id=slice_.request_id):
        told = container().broadcaster.post(
            slice_.auction_id, slice_.connection_ids, slice_.message.encode()
        )
        count_told(slice_.auction_id, told)
