"""A league for tests: who is in it, what it sells, by which rules."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from shared.auction import BidRule, LeagueRules, Lot, Rules, Slot
from shared.bridge import AuctionProjection, MemberNow
from shared.commands import NextLot
from shared.events import AuctionOpened
from shared.fields import Role
from shared.limits import NO_MEMBER
from websocket_service.logic.authority import Caller
from websocket_service.logic.change import Facts
from websocket_service.logic.ports import Connection
from websocket_service.logic.state import AuctionState, CurrentLot, HighBid

AUCTION = "auction-1"
NOW_MS = 1_000_000

RULES = Rules(
    version=1,
    bid_rules=(BidRule(0, 1_00), BidRule(50_00, 5_00)),
    clock_ms=15_000,
    extension_ms=10_000,
    budget_cents=1_000_00,
    budgets={3: 100_00},
)

ADA = Caller(AUCTION, 0, "Ada", "commissioner", "user-0")
BEN = Caller(AUCTION, 1, "Ben", "admin", "user-1")
CLEO = Caller(AUCTION, 2, "Cleo", "bidder", "user-2")
DAN = Caller(AUCTION, 3, "Dan", "bidder", "user-3")
EVE = Caller(AUCTION, 4, "Eve", "spectator", "user-4")
FAY = Caller(AUCTION, NO_MEMBER, "Fay", "spectator", "user-5")
"""She watches a public auction and is in no league."""

CALLERS: dict[Role, Caller] = {c.role: c for c in (ADA, BEN, DAN, CLEO, EVE)}

MEMBERS = tuple(
    MemberNow(
        c.number, c.user_id, c.name, c.role, budget_cents=RULES.budgets.get(c.number), version=1
    )
    for c in (ADA, BEN, CLEO, DAN, EVE)
)


def lots(count: int = 3) -> tuple[Lot, ...]:
    """Lots L1, L2, …"""
    return tuple(
        Lot(f"L{n}", n, f"Team {n}", (Slot(f"slot-{n}", "East", n, (f"Team {n}",)),))
        for n in range(1, count + 1)
    )


def projection(count: int = 3) -> AuctionProjection:
    """What the database says of the auction."""
    league_rules = LeagueRules(
        bid_rules=RULES.bid_rules,
        clock_ms=RULES.clock_ms,
        extension_ms=RULES.extension_ms,
        budget_cents=RULES.budget_cents,
    )
    return AuctionProjection(AUCTION, "league-1", "A league", league_rules, MEMBERS, lots(count))


def open_state(**fields: Any) -> AuctionState:
    """An auction between lots, just opened."""
    state = AuctionState(
        auction_id=AUCTION,
        status="open",
        rules_version=RULES.version,
        seq=1,
        last_event=AuctionOpened(at_ms=NOW_MS, rules_version=RULES.version),
    )
    return replace(state, **fields)


def bidding_state(high: HighBid | None = None, **lot_fields: Any) -> AuctionState:
    """An auction in which L1 is up until 15 s after `NOW_MS`."""
    lot = CurrentLot(
        lot_id="L1", opened_seq=2, minimum_cents=1_00, base_deadline_ms=NOW_MS + 15_000, high=high
    )
    return open_state(status="bidding", seq=2, current=replace(lot, **lot_fields))


def facts(**fields: Any) -> Facts:
    """What a decision of the commissioner at `NOW_MS` may depend on."""
    return replace(Facts(now_ms=NOW_MS, actor=0, rules=RULES), **fields)


def next_lot(lot_id: str | None = "L1", request_id: str = "next") -> NextLot:
    return NextLot(request_id=request_id, lot_id=lot_id)


def connection(connection_id: str, caller: Caller = CLEO) -> Connection:
    return Connection(connection_id, caller.number, caller.name, caller.role, caller.user_id)
