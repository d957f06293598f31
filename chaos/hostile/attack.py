"""One hostile call: which function it reaches, what it carries, and how it may be answered."""

from __future__ import annotations

from typing import Any

import msgspec

from shared.fields import Role

MALFORMED, UNKNOWN, INVALID, TOO_LONG, FORBIDDEN = (
    "malformed_message",
    "unknown_action",
    "invalid_message",
    "message_too_long",
    "forbidden",
)


class Attack(msgspec.Struct, frozen=True):
    """Attributes:
    kind: what is wrong with it, for the table.
    function: the module of the handler that it reaches.
    event: as API Gateway would hand it over.
    codes: the answers that are right: codes, or for HTTP and `$connect` statuses or effects.
    """

    kind: str
    function: str
    event: dict[str, Any]
    codes: frozenset[str]


AUCTION = "auction-1"


def frame_event(body: str | None, number: int, role: Role) -> dict[str, Any]:
    """A frame of a member, as a WebSocket route hands it over."""
    return {
        "requestContext": {
            "routeKey": "$default",
            "eventType": "MESSAGE",
            "connectionId": f"c{number}",
            "authorizer": {
                "auction_id": AUCTION,
                "number": str(number),
                "name": f"Member {number}",
                "role": role,
                "user_id": f"user-{number}",
                "principalId": f"user-{number}",
            },
        },
        "body": body,
        "isBase64Encoded": False,
    }
