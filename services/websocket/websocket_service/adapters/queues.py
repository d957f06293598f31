"""The queues behind the stream: events on their way to SQL, and hammers that fall later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from shared.codec import encode
from shared.events import LedgerEntry
from shared.fields import Id, Seq, TimeMs
from shared.quarantine import SetAside, SetAsideMessage
from websocket_service.logic.ports import Traces

SQS_BATCH = 10
SQS_MAX_DELAY_S = 900


_GROUP = re.compile(r"[A-Za-z0-9_-]{1,64}")


class HammerDue(msgspec.Struct, tag_field="type", tag="hammer_due", frozen=True):
    """A lot's clock will have run out at `deadline_ms`, unless it moves."""

    auction_id: Id
    lot_id: Id
    deadline_ms: TimeMs


class NextLotDue(msgspec.Struct, tag_field="type", tag="next_lot_due", frozen=True):
    """A lot comes up at `due_ms`, unless something happened after event `seq`."""

    auction_id: Id
    seq: Seq
    due_ms: TimeMs


class OutboxRefused(Exception):
    """SQS did not take a message; the stream's batch is to be delivered again."""


class SqsOutbox:
    """`Outbox` on SQS.

    Args:
        client: boto3's SQS client.
        apply_queue_url: the FIFO queue of the bridge; its group is the auction.
        hammer_queue_url: the queue of delayed hammers.
    """

    def __init__(self, client: Any, apply_queue_url: str, hammer_queue_url: str) -> None:
        self._client = client
        self._apply_queue_url = apply_queue_url
        self._hammer_queue_url = hammer_queue_url

    def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None:
        for start in range(0, len(entries), SQS_BATCH):
            reply = self._client.send_message_batch(
                QueueUrl=self._apply_queue_url,
                Entries=[
                    {
                        "Id": str(place),
                        "MessageBody": encode(entry).decode(),
                        "MessageGroupId": entry.auction_id,
                        "MessageDeduplicationId": f"{entry.auction_id}-{entry.seq}",
                        **_traced(traces.get((entry.auction_id, entry.seq))),
                    }
                    for place, entry in enumerate(entries[start : start + SQS_BATCH])
                ],
            )
            if reply.get("Failed"):
                raise OutboxRefused(f"{len(reply['Failed'])} events were not queued")

    def to_quarantine(self, records: Sequence[SetAside]) -> None:
        """One by one: a record may be as long as a message, a batch may not be longer."""
        for record in records:
            self._client.send_message(
                QueueUrl=self._apply_queue_url,
                MessageBody=encode(SetAsideMessage(record)).decode(),
                MessageGroupId=_group_of(record),
                MessageDeduplicationId=record.quarantine_id,
            )

    def hammer_at(self, auction_id: str, lot_id: str, deadline_ms: int, now_ms: int) -> None:
        self._leave(HammerDue(auction_id, lot_id, deadline_ms), deadline_ms - now_ms)

    def next_lot_at(self, auction_id: str, seq: int, due_ms: int, now_ms: int) -> None:
        self._leave(NextLotDue(auction_id, seq, due_ms), due_ms - now_ms)

    def _leave(self, due: HammerDue | NextLotDue, in_ms: int) -> None:
        """Leave a message that arrives up to a second early: SQS delays by whole seconds, and the
        worker waits for the rest."""
        self._client.send_message(
            QueueUrl=self._hammer_queue_url,
            MessageBody=encode(due).decode(),
            DelaySeconds=max(0, min(in_ms // 1000, SQS_MAX_DELAY_S)),
        )


def _traced(header: str | None) -> dict[str, Any]:
    """It goes before the header that the relay's own trace gives to the request."""
    if header is None:
        return {}
    attribute = {"DataType": "String", "StringValue": header}
    return {"MessageSystemAttributes": {"AWSTraceHeader": attribute}}


def _group_of(record: SetAside) -> str:
    """Its auction, if that could be one."""
    auction_id = record.auction_id or ""
    return auction_id if _GROUP.fullmatch(auction_id) else "unreadable"
