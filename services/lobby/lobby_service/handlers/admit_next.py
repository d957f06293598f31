"""The queue of windows: each message lets in who is next in one line."""

from typing import Any

from lobby_service.adapters.queues import WindowMessage, read_window
from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.ports import UnreadableLine
from lobby_service.measures import count_admission
from lobby_service.wiring import container
from shared.logs import log_fields, logger

ATTEMPTS = 5
"""As often as the queue delivers a message (`maxReceiveCount`): after that it would be a dead
letter, without the reason."""


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    due: dict[str, list[WindowMessage]] = {}
    for message in map(read_window, event["Records"]):
        if message.auction_id is None:
            _set_aside(message, message.why)
        else:
            due.setdefault(message.auction_id, []).append(message)
    failed = [it for auction_id in due for it in _open(auction_id, due[auction_id])]
    return {"batchItemFailures": [{"itemIdentifier": it.message_id} for it in failed]}


def _open(auction_id: str, messages: list[WindowMessage]) -> list[WindowMessage]:
    """Those of the messages that are to come again."""
    with log_fields(auction_id=auction_id):
        try:
            done = admit_next(auction_id, container().window)
        except UnreadableLine as error:
            logger().exception("window given up")
            _set_aside(messages[0], str(error))
            return []
        except Exception as error:  # noqa: BLE001 - logged whole; the queue delivers it again
            logger().exception("window failed")
            last = [it for it in messages if it.attempts >= ATTEMPTS]
            for message in last[:1]:
                why = f"failed {ATTEMPTS} times: {type(error).__name__}: {error}"
                _set_aside(message, why)
            return [it for it in messages if it not in last]
        count_admission(auction_id, done)
        return []


def _set_aside(message: WindowMessage, reason: str) -> None:
    container().set_asides.put(message.origin, reason, message.body)
