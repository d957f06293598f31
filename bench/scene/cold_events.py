"""What each handler is started with cold, and how its work is recognised."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from bench.scene.emulated import INCREMENT_CENTS, LOT
from bench.scene.management_endpoint import connection_ids
from shared.auction import Member
from shared.clock import now_ms
from shared.commands import PlaceBid
from shared.errors import TicketRefused
from tests.integration.websocket.world import AUCTION, frame, live
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
from websocket_service.logic.ports import Connection
from websocket_service.logic.tickets import issue_ticket, use_ticket

LISTENER = connection_ids(2)[1]
Event = dict[str, Any]


def connect(connection_id: str) -> None:
    """Let member 2 have this connection."""
    DynamoConnections(live(), now_ms).add(
        AUCTION, Connection(connection_id, 2, "Member 2", "bidder", "user-2")
    )


def _has_high_bid(event: Event) -> bool:
    state = DynamoAuctions(live()).read(AUCTION)
    high = state.current.high if state and state.current else None
    return high is not None and high.amount_cents == json.loads(event["body"])["amount_cents"]


def _took_ticket(event: Event) -> bool:
    secret = event["queryStringParameters"]["ticket"]
    try:
        use_ticket(secret, AUCTION, tickets=DynamoTickets(live()), now_ms=now_ms())
    except TicketRefused:
        return True
    return False


def _forgot_connection(event: Event) -> bool:
    gone = event["requestContext"]["connectionId"]
    connections = DynamoConnections(live(), now_ms).list(AUCTION)
    return gone not in {it.connection_id for it in connections}


IS_DONE: dict[str, Callable[[Event], bool]] = {
    "place_bid": _has_high_bid,
    "authorize_connect": _took_ticket,
    "disconnect": _forgot_connection,
    "fan_out": lambda _: True,  # what arrived is compared
}
"""Whether the work of a handler's event is done."""


def next_events() -> dict[str, Callable[[], Event]]:
    """What makes each handler's next event, and prepares what it is about."""
    number = count(1)

    def bid() -> Event:
        n = next(number)
        command = PlaceBid(request_id=f"bid-{n}", lot_id=LOT, amount_cents=n * INCREMENT_CENTS)
        return frame(command, number=1 + n % 2, connection_id=LISTENER)

    def ticket() -> Event:
        secret, _ = issue_ticket(
            AUCTION,
            "user-1",
            tickets=DynamoTickets(live()),
            find_member=lambda _, user_id: Member(1, user_id, "Member 1", "bidder"),
            now_ms=now_ms,
        )
        return {
            "methodArn": "arn:aws:execute-api:us-east-1:000000000000:api/bench/$connect",
            "queryStringParameters": {"ticket": secret, "auction": AUCTION},
        }

    def slice_() -> Event:
        return {"auction_id": AUCTION, "connection_ids": [LISTENER], "message": '{"type":"event"}'}

    def gone() -> Event:
        connect("gone")
        event = frame(PlaceBid(request_id="r", lot_id=LOT, amount_cents=1), connection_id="gone")
        event["requestContext"] |= {"eventType": "DISCONNECT", "routeKey": "$disconnect"}
        return event

    return {
        "place_bid": bid,
        "authorize_connect": ticket,
        "fan_out": slice_,
        "disconnect": gone,
    }
