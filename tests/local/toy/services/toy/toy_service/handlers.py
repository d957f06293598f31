"""Lambdas that tell how they were called."""

import json
import os
import time
from pathlib import Path
from typing import Any

from .release import RELEASE


def authorize(event: dict[str, Any], _context: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Action": "execute-api:Invoke",
        "Resource": event["methodArn"],
    }
    return {
        "principalId": "ann",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"role": "bidder"},
    }


def message(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Say who asks and which code answers; with `meet`, wait there for `guests` calls at once."""
    asked = json.loads(event.get("body") or "{}")
    met = _meet(Path(asked["meet"]), asked["guests"]) if "meet" in asked else 0
    answer = {
        "release": RELEASE,
        "pid": os.getpid(),
        "met": met,
        "authorizer": event["requestContext"].get("authorizer"),
    }
    return {"statusCode": 200, "body": json.dumps(answer)}


def _meet(place: Path, guests: int) -> int:
    (place / str(os.getpid())).touch()
    patience = time.monotonic() + 8
    while len(list(place.iterdir())) < guests and time.monotonic() < patience:
        time.sleep(0.01)
    return len(list(place.iterdir()))


def report(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Say which code answers; to records of a queue or a stream, in the file that they name."""
    for record in event.get("Records", []):
        named = record.get("body") or record["dynamodb"]["Keys"]["id"]["S"]
        Path(named).write_text(RELEASE)
    return {"release": RELEASE, "pid": os.getpid(), "event": event}
