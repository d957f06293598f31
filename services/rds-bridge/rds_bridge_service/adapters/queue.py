"""Records of the apply queue, as Lambda hands them over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rds_bridge_service.logic.applying import QueuedMessage


def messages_of(records: Iterable[dict[str, Any]]) -> list[QueuedMessage]:
    """The messages, in their order."""
    return [
        QueuedMessage(
            message_id=record["messageId"],
            group=record["attributes"]["MessageGroupId"],
            body=record["body"],
            origin=f"{record.get('eventSourceARN', '')} message {record['messageId']}",
            seq=_seq_in(record["attributes"].get("MessageDeduplicationId", "")),
            trace=record["attributes"].get("AWSTraceHeader"),
        )
        for record in records
    ]


def _seq_in(deduplication_id: str) -> int | None:
    """The relay names a message by its auction and seq: `{auction_id}-{seq}`."""
    seq = deduplication_id.rpartition("-")[2]
    return int(seq) if seq.isascii() and seq.isdigit() else None
