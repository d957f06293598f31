"""What commands come to, as the tests of each of them ask."""

from __future__ import annotations

from shared.client import AuctionClient
from shared.client.view import AuctionView
from shared.commands import Command
from shared.replies import CurrentLot, RefusedReply
from tests.e2e.system import accepted

LOTS = {f"L0{n}" for n in range(1, 7)}
L01 = {"lot_id": "L01"}


async def done(client: AuctionClient, kind: type[Command], **fields: object) -> AuctionView:
    """The auction once an accepted command has taken effect."""
    answer = await accepted(client, kind, **fields)
    return await client.wait_until(lambda view: view.seq >= answer.seq, 10)


async def lot_after(client: AuctionClient, kind: type[Command], **fields: object) -> CurrentLot:
    """The lot that is up after an accepted command."""
    current = (await done(client, kind, **fields)).current
    assert current is not None
    return current


async def code_of(client: AuctionClient, kind: type[Command], **fields: object) -> str:
    """Why a command is refused."""
    answer = await client.send(kind, **fields)
    assert isinstance(answer, RefusedReply), answer
    return answer.code


def high(lot: CurrentLot) -> tuple[int | None, int | None]:
    return lot.high_bidder, lot.high_cents
