"""A public auction whose room has free seats: whoever comes is in, and watches."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import boto3
import httpx

from shared.commands import PlaceBid, WhoIsHere
from shared.limits import NO_MEMBER
from shared.replies import Presence, RefusedReply
from tests.e2e.system import BIDDER, PATIENCE_S, System, accepted

STRANGER = "passer-by@example.com"


def admit(system: System, auction_id: str, waiting: int = 0) -> dict[str, Any]:
    """What the lobby does: make the auction public, with so many in its line."""
    request = {"auction_id": auction_id, "waiting": waiting}
    answer = boto3.client("lambda").invoke(
        FunctionName=system.stage.output("websocket", "AdmitLiveArn"),
        Payload=json.dumps({"hops": 1, "request": request}),
    )
    reply: dict[str, Any] = json.loads(answer["Payload"].read())["reply"]
    return reply


async def test_a_stranger_takes_a_free_seat_and_watches_a_bid(
    system: System, auction_id: str
) -> None:
    system.users.ensure(STRANGER)
    async with await system.open(auction_id), await system.enter(auction_id, BIDDER) as bidder:
        free = admit(system, auction_id)["free"]
        async with await system.enter(auction_id, STRANGER) as stranger:
            assert admit(system, auction_id)["free"] == free - 1
            await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=10_00)
            async with asyncio.timeout(PATIENCE_S):
                view = await stranger.wait_until(
                    lambda it: it.current is not None and it.current.high_cents == 10_00
                )
            assert view.you == NO_MEMBER
            presence = await stranger.send(WhoIsHere)
            assert isinstance(presence, Presence)
            assert presence.watching == 1
            refused = await stranger.send(PlaceBid, lot_id="L01", amount_cents=20_00)
            assert isinstance(refused, RefusedReply)
            assert refused.code == "forbidden"


def test_a_stranger_is_sent_to_the_line_while_others_wait(system: System, auction_id: str) -> None:
    system.users.ensure(STRANGER)
    admit(system, auction_id, waiting=1)
    api = system.stage.output("websocket", "ApiUrl")
    headers = {"Authorization": f"Bearer {system.token(STRANGER)}"}
    response = httpx.post(f"{api}/auctions/{auction_id}/tickets", headers=headers)
    assert (response.status_code, response.json()["code"]) == (409, "room_full")
