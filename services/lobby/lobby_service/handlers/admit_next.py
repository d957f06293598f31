"""The queue of windows: each message lets in who is next in one line."""

from typing import Any

import msgspec

from lobby_service.adapters.queues import WindowDue
from lobby_service.logic.admit_next import admit_next
from lobby_service.measures import count_admission
from lobby_service.wiring import container
from shared.logs import log_fields, logger


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    c = container()
    due: dict[str, list[str]] = {}
    for record in event["Records"]:
        try:
            auction_id = msgspec.json.decode(record["body"], type=WindowDue).auction_id
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            origin = f"{record.get('eventSourceARN', '')} message {record['messageId']}"
            c.set_asides.put(origin, f"not a window: {error}", str(record["body"]))
        else:
            due.setdefault(auction_id, []).append(record["messageId"])
    failed: list[str] = []
    for auction_id, messages in due.items():
        with log_fields(auction_id=auction_id):
            try:
                done = admit_next(auction_id, c.window)
            except Exception:  # noqa: BLE001 - logged whole; the queue delivers it again
                logger().exception("window failed")
                failed += messages
            else:
                count_admission(auction_id, done)
    return {"batchItemFailures": [{"itemIdentifier": it} for it in failed]}
