"""Records of the stream of notices, as Lambda hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from shared.logs import logger
from websocket_service.logic.follow_leagues import Notice


def notices_of(records: Iterable[dict[str, Any]]) -> Iterator[Notice]:
    """The notices, without those that are forgotten after a day, and of which nobody knows what
    they are about."""
    for record in records:
        if record["eventName"] == "REMOVE":
            continue
        keys, number = record["dynamodb"]["Keys"], record["dynamodb"]["SequenceNumber"]
        auction_id, about = keys["auction_id"]["S"], keys["about"]["S"]
        match about.split(" "):
            case ["member", user_id]:
                yield Notice(number, auction_id, user_id)
            case ["rules"]:
                yield Notice(number, auction_id, None)
            case _:
                logger().error("notice not understood", extra={"auction_id": auction_id})
