"""Records as DynamoDB's stream hands them over (the shape of AWS's own example event)."""

from __future__ import annotations

import json
from typing import Any

from shared.codec import encode
from shared.events import AnyEvent, LotPassed

ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/auctions/stream/2026-01-01T00:00:00.000"
AUCTION = "auction-1"


def record(seq: int, event: AnyEvent | None = None) -> dict[str, Any]:
    """The change that made event `seq`."""
    happened = LotPassed(at_ms=seq, lot_id="L1") if event is None else event
    body = encode(happened).decode()
    return {
        "eventID": f"e{seq}",
        "eventName": "MODIFY",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 0,
            "Keys": {"id": {"S": AUCTION}},
            "NewImage": {"id": {"S": AUCTION}, "n": {"N": str(seq)}, "ev": {"S": body}},
            "OldImage": {"id": {"S": AUCTION}, "n": {"N": str(seq - 1)}},
            "SequenceNumber": str(100_000 + seq),
            "SizeBytes": 59,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN": ARN,
    }


def without_event(seq: int) -> dict[str, Any]:
    """The auction moved, and nobody said how."""
    spoiled = record(seq)
    del spoiled["dynamodb"]["NewImage"]["ev"]
    return spoiled


def of_unknown_type(seq: int) -> dict[str, Any]:
    """An event of a release that this one does not know."""
    spoiled = record(seq)
    spoiled["dynamodb"]["NewImage"]["ev"] = {"S": json.dumps({"type": "nova", "at_ms": 1})}
    return spoiled


def of_garbage(seq: int) -> dict[str, Any]:
    """Not even JSON."""
    spoiled = record(seq)
    spoiled["dynamodb"]["NewImage"]["ev"] = {"S": "{"}
    return spoiled


def of_a_count(seq: int) -> dict[str, Any]:
    """A connection was counted: the auction did not move."""
    change = record(seq)
    change["dynamodb"]["OldImage"] = change["dynamodb"]["NewImage"]
    return change


def of_a_removal(seq: int) -> dict[str, Any]:
    change = record(seq)
    del change["dynamodb"]["NewImage"]
    return change | {"eventName": "REMOVE"}
