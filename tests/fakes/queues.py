"""`Outbox` and `Bridge` in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shared.auction import Member
from shared.bridge import AuctionProjection, MemberNow
from shared.errors import NotFound
from shared.events import LedgerEntry
from shared.quarantine import SetAside
from websocket_service.logic.ports import Traces


class HammerLeft(NamedTuple):
    auction_id: str
    lot_id: str
    deadline_ms: int
    now_ms: int


class NextLotLeft(NamedTuple):
    auction_id: str
    seq: int
    due_ms: int
    now_ms: int


class MemoryOutbox:
    """What was queued, in order."""

    def __init__(self) -> None:
        self.queued: list[LedgerEntry] = []
        self.traces: dict[tuple[str, int], str] = {}
        self.hammers: list[HammerLeft] = []
        self.next_lots: list[NextLotLeft] = []
        self.set_aside: list[SetAside] = []

    def to_quarantine(self, records: Sequence[SetAside]) -> None:
        self.set_aside += records

    def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None:
        self.queued += entries
        self.traces |= traces

    def hammer_at(self, auction_id: str, lot_id: str, deadline_ms: int, now_ms: int) -> None:
        self.hammers.append(HammerLeft(auction_id, lot_id, deadline_ms, now_ms))

    def next_lot_at(self, auction_id: str, seq: int, due_ms: int, now_ms: int) -> None:
        self.next_lots.append(NextLotLeft(auction_id, seq, due_ms, now_ms))


class MemoryBridge:
    """The database, holding some auctions; counts how often it was asked."""

    def __init__(self, *auctions: AuctionProjection) -> None:
        self.calls = 0
        self._auctions = {auction.auction_id: auction for auction in auctions}

    def open_auction(self, auction_id: str) -> AuctionProjection:
        self.calls += 1
        if auction_id not in self._auctions:
            raise NotFound("no such auction")
        return self._auctions[auction_id]

    def find_member(self, auction_id: str, user_id: str) -> Member:
        member = self.look_up(auction_id, user_id)
        if not member.active:
            raise NotFound("no such member")
        return member

    def look_up(self, auction_id: str, user_id: str) -> MemberNow:
        auction = self.open_auction(auction_id)
        for member in (*auction.members, *auction.former):
            if member.user_id == user_id:
                return member
        raise NotFound("no such member")
