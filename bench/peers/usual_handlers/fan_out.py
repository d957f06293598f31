"""A fan-out worker."""

from typing import Any

from pydantic import BaseModel

from bench.peers.usual_handlers.sockets import post_to_all


class FanOut(BaseModel):
    auction_id: str
    connection_ids: list[str]
    message: str
    request_id: str | None = None


def handler(event: dict[str, Any], context: object) -> None:
    slice_ = FanOut.model_validate(event)
    post_to_all(slice_.auction_id, slice_.connection_ids, slice_.message.encode())
