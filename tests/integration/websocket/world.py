"""An auction with one lot up, as the integration tests need it."""

from __future__ import annotations

import json
import os
from typing import Any

from shared.auction import BidRule, LeagueRules, Lot, Rules, Slot
from shared.aws.access import Access
from shared.aws.dynamodb import DynamoDB
from shared.bridge import AuctionProjection, MemberNow
from shared.codec import encode
from shared.commands import Command
from shared.events import AuctionOpened
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.catalogue import DynamoCatalogue
from websocket_service.adapters.live import LiveTables
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.adapters.writes import DynamoOpening
from websocket_service.logic.state import AuctionState

AUCTION = "auction-1"
RULES = Rules(
    version=1,
    bid_rules=(BidRule(0, 1_00), BidRule(50_00, 5_00)),
    clock_ms=15_000,
    extension_ms=10_000,
    budget_cents=1_000_00,
)


def live() -> LiveTables:
    """The tables that the environment leads to."""
    return LiveTables(DynamoDB(Access.of(os.environ)), os.environ)


def catalogue() -> DynamoCatalogue:
    return DynamoCatalogue(live())


def opening() -> DynamoOpening:
    return DynamoOpening(DynamoRulesBook(live()))


def lots(count: int) -> tuple[Lot, ...]:
    return tuple(
        Lot(
            lot_id=f"L{n:02}",
            position=n,
            name=f"Lot {n}",
            slots=(Slot(slot_id=f"east-{n}", region="East", seed=n, teams=(f"Team {n}",)),),
        )
        for n in range(1, count + 1)
    )


def members(count: int) -> tuple[MemberNow, ...]:
    return tuple(
        MemberNow(
            number=n,
            user_id=f"user-{n}",
            name=f"Member {n}",
            role="commissioner" if n == 0 else "bidder",
        )
        for n in range(count)
    )


def open_auction(
    lot_count: int = 3, member_count: int = 4, auction_id: str = AUCTION
) -> AuctionState:
    """Write an auction that was just opened."""
    opening().write(
        AuctionProjection(
            auction_id=auction_id,
            league_id="league-1",
            title="A league",
            rules=LeagueRules(),
            members=members(member_count),
            lots=lots(lot_count),
        ),
        RULES,
    )
    state = AuctionState(
        auction_id=auction_id,
        status="open",
        rules_version=1,
        seq=1,
        last_event=AuctionOpened(at_ms=1, actor=0, request_id="open", rules_version=1),
    )
    DynamoAuctions(live()).create(state)
    return state


def frame(command: Command, *, number: int = 1, connection_id: str = "c1") -> dict[str, Any]:
    """A command as API Gateway hands it to a Lambda."""
    return {
        "requestContext": {
            "routeKey": json.loads(encode(command))["action"],
            "eventType": "MESSAGE",
            "connectionId": connection_id,
            "authorizer": {
                "auction_id": AUCTION,
                "number": str(number),
                "name": f"Member {number}",
                "role": "commissioner" if number == 0 else "bidder",
                "user_id": f"user-{number}",
                "principalId": f"user-{number}",
            },
        },
        "body": encode(command).decode(),
        "isBase64Encoded": False,
    }
