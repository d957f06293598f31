"""An auction that can be played to its end: the fake server with rules, a clock and members."""

from __future__ import annotations

import asyncio

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from shared.auction import Member
from shared.client import AuctionView, Endpoint
from shared.clock import now_ms
from shared.commands import (
    AnyCommand,
    CloseAuction,
    Hammer,
    NextLot,
    OpenAuction,
    PlaceBid,
)
from shared.errors import Refused
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    BidPlaced,
    LotOpened,
    LotPassed,
    LotSold,
)
from shared.fields import Role
from shared.replies import Accepted, refusal_of
from tests.integration.client.fake_server import FakeServer, eventually, send_to
from tests.unit.client.auctions import opened

CLOCK_MS = 200
EXTENSION_MS = 40


class ToyAuction(FakeServer):
    """Tokens are member numbers. `hammers` says whether the server ends lots by itself."""

    def __init__(self, lots: int, members: int, *, hammers: bool) -> None:
        super().__init__()
        self.events = []
        self.view = AuctionView(synced=True)
        roles: list[Role] = ["commissioner"]
        roles += ["bidder"] * (members - 1)
        self.members = tuple(
            Member(number, f"user-{number}", f"Member {number}", role)
            for number, role in enumerate(roles)
        )
        self.snapshot = msgspec.structs.replace(opened(lots), members=self.members)
        self.hammers = hammers
        self.nudges = 0
        self._numbers: dict[ServerConnection, int] = {}
        self._hammers: set[asyncio.Task[None]] = set()

    def enter(self, member: Member) -> Endpoint:
        return self.endpoint(token=lambda: str(member.number))

    def check_ticket(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = int(request.path.rpartition("-")[2])
        self._numbers[connection] = int(self.tokens[ticket - 1])
        return super().check_ticket(connection, request)

    async def _serve(self, socket: ServerConnection, command: AnyCommand) -> None:
        try:
            event = self._decide(self._numbers[socket], command)
        except Refused as refused:
            await send_to(socket, refusal_of(refused, command.request_id))
            return
        if event is None:
            await super()._serve(socket, command)
            return
        seq = await self.happen(
            msgspec.structs.replace(
                event, actor=self._numbers[socket], request_id=command.request_id
            )
        )
        await send_to(socket, Accepted(request_id=command.request_id, seq=seq))

    def _decide(self, actor: int, command: AnyCommand) -> AnyEvent | None:
        now, view = now_ms(), self.view
        match command:
            case OpenAuction():
                self.view = AuctionView().fold(msgspec.structs.replace(self.snapshot, seq=0))
                return AuctionOpened(at_ms=now, rules_version=1)
            case NextLot(lot_id=lot_id):
                assert lot_id is not None
                if self.hammers:
                    self._hammers.add(asyncio.create_task(self._hammer_when_due(lot_id)))
                return LotOpened(
                    at_ms=now,
                    lot_id=lot_id,
                    minimum_cents=100,
                    deadline_ms=now + CLOCK_MS,
                    rules_version=1,
                )
            case PlaceBid(lot_id=lot_id, amount_cents=amount):
                if view.current is None or view.current.lot_id != lot_id:
                    raise Refused("lot_not_up", "not up", seq=view.seq)
                if (view.deadline_ms or 0) <= now:
                    raise Refused("deadline_passed", "too late", seq=view.seq)
                if amount < view.current.minimum_cents:
                    raise Refused("bid_too_low", "too low", seq=view.seq)
                return BidPlaced(
                    at_ms=now,
                    lot_id=lot_id,
                    bidder=actor,
                    amount_cents=amount,
                    minimum_cents=amount + 1_000,
                    extended_to_ms=now + EXTENSION_MS,
                )
            case Hammer():
                self.nudges += 1
                if (view.deadline_ms or 0) > now:
                    raise Refused("deadline_not_reached", "too early", seq=view.seq)
                return self._end_of_lot()
            case CloseAuction():
                return AuctionClosed(at_ms=now)
            case _:
                return None

    def _end_of_lot(self) -> LotSold | LotPassed:
        lot = self.view.current
        if lot is None:
            raise Refused("lot_not_up", "not up", seq=self.view.seq)
        if lot.high_bidder is None or lot.high_cents is None:
            return LotPassed(at_ms=now_ms(), lot_id=lot.lot_id)
        return LotSold(
            at_ms=now_ms(), lot_id=lot.lot_id, owner=lot.high_bidder, price_cents=lot.high_cents
        )

    async def _hammer_when_due(self, lot_id: str) -> None:
        await eventually(
            lambda: self.view.current is not None and (self.view.deadline_ms or 0) <= now_ms()
        )
        await self.happen(self._end_of_lot())
