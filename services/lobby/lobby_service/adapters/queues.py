"""The queue of windows, and where goes what nobody understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from shared.fields import Id

SQS_BATCH = 10
A_MINUTE = range(0, 60, 5)
"""When windows open in the minute to come, in seconds from now."""

LONGEST_PAYLOAD = 200_000
"""A message of SQS has 256 KB."""


class WindowDue(msgspec.Struct, tag_field="type", tag="window_due", frozen=True):
    """Let in who is next in this line."""

    auction_id: Id


class WindowMessage(msgspec.Struct, frozen=True):
    """A message of the queue of windows, as Lambda hands it over.

    Attributes:
        attempts: how often it was delivered, this time included.
        auction_id: whose window it is; None: that cannot be read, and `why` says so.
    """

    message_id: str
    origin: str
    body: str
    attempts: int
    auction_id: str | None
    why: str = ""


def read_window(record: dict[str, Any]) -> WindowMessage:
    """What the message says."""
    message_id, body = str(record["messageId"]), str(record["body"])
    origin = f"{record.get('eventSourceARN', '')} message {message_id}"
    attempts = int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))
    try:
        auction_id = msgspec.json.decode(body, type=WindowDue).auction_id
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return WindowMessage(message_id, origin, body, attempts, None, f"not a window: {error}")
    return WindowMessage(message_id, origin, body, attempts, auction_id)


class QueueRefused(Exception):
    """SQS did not take a message."""


class SqsWindows:
    """Makes admission windows.

    Args:
        client: botocore's SQS client.
    """

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send(self, auction_ids: Iterable[str], delays_s: Sequence[int] = (0,)) -> None:
        """One window for each of the auctions after each of the delays."""
        due = [(auction_id, delay) for auction_id in auction_ids for delay in delays_s]
        for start in range(0, len(due), SQS_BATCH):
            answer = self._client.send_message_batch(
                QueueUrl=self._queue_url,
                Entries=[
                    {
                        "Id": str(place),
                        "MessageBody": msgspec.json.encode(WindowDue(auction_id)).decode(),
                        "DelaySeconds": delay,
                    }
                    for place, (auction_id, delay) in enumerate(due[start : start + SQS_BATCH])
                ],
            )
            if answer.get("Failed"):
                raise QueueRefused(f"{len(answer['Failed'])} windows were not queued")


class SqsSetAsides:
    """`SetAsides` on SQS: a queue that nobody reads but operators."""

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def put(self, origin: str, reason: str, payload: str) -> None:
        body = {"origin": origin, "reason": reason, "payload": payload[:LONGEST_PAYLOAD]}
        self._client.send_message(
            QueueUrl=self._queue_url, MessageBody=msgspec.json.encode(body).decode()
        )
