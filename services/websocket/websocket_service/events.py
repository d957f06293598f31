"""What API Gateway says of a connection with each event.

Apart from `edge`, which knows all messages: `$disconnect` needs none of them, and a new container
of it would take longer to load them than to do all it has to do.
"""

from __future__ import annotations

from typing import Any

from websocket_service.logic.authority import Caller
from websocket_service.logic.ports import Connection

Event = dict[str, Any]


def caller_of(event: Event) -> Caller:
    """Who sent a frame: the context that the connect authorizer took from the ticket."""
    context = event["requestContext"]["authorizer"]
    return Caller(
        auction_id=context["auction_id"],
        number=int(context["number"]),
        name=context["name"],
        role=context["role"],
        user_id=context["user_id"],
    )


def claim_of(event: Event) -> str:
    """What the ticket of a seat says to it; empty if the connection has no seat."""
    return str(event["requestContext"]["authorizer"].get("claim", ""))


def connection_id_of(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])


def connection_of(event: Event) -> Connection:
    """The connection itself, with the right that it came with."""
    caller = caller_of(event)
    return Connection(
        connection_id=connection_id_of(event),
        number=caller.number,
        name=caller.name,
        role=caller.role,
        user_id=caller.user_id,
        has_seat=bool(claim_of(event)),
    )


def is_frame(event: Event) -> bool:
    """Whether a client sent it. A frame's `action` names its route, and nobody promises that it
    cannot name `$connect` or `$disconnect`: who could would be off the list, and still connected.
    """
    return bool(event["requestContext"].get("eventType") == "MESSAGE")


def sender_of(event: Event) -> dict[str, str | None]:
    """What every line of the log about a frame or a connection carries."""
    context = event["requestContext"]
    authorizer = context.get("authorizer") or {}
    return {
        "connection_id": context.get("connectionId"),
        "auction_id": authorizer.get("auction_id"),
        "user_id": authorizer.get("user_id"),
    }
