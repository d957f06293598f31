"""A fan-out worker."""

from typing import Any

from bench.peers.usual_handlers.aws import post_to_all
from bench.peers.usual_handlers.models import FanOut


def handler(event: dict[str, Any], context: object) -> None:
    slice_ = FanOut.model_validate(event)
    post_to_all(slice_.auction_id, slice_.connection_ids, slice_.message.encode())
