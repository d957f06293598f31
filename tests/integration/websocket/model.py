"""An auction as a person would keep it on paper: the independent model of the state machine test.

It shares no rule with the code under test: prices are found by walking through the tiers, a lot's
bids are a stack, and what members spent is added up from the lots that they own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CLOCK, EXTENSION, BUDGET = 15_000, 10_000, 1_000_00
LOTS = ("L01", "L02", "L03")

Seen = tuple[int | None, int | None]
"""Whose the high bid is and how much; (None, None) if there is none."""


@dataclass
class Paper:
    """`accept` methods return None, or the code of the refusal."""

    now: int = 1_000_000
    closed: bool = False
    lot: str | None = None
    bids: list[tuple[int, int]] = field(default_factory=list)
    limit: int = 0
    clock_end: int = 0
    last_bid_end: int = 0
    left: int | None = None
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    changes: int = 1

    @property
    def minimum(self) -> int:
        return self.above(self.bids[-1][1] if self.bids else 0)

    @staticmethod
    def above(price: int) -> int:
        return price + (5_00 if price >= 50_00 else 1_00)

    @property
    def leader(self) -> int | None:
        return self.bids[-1][0] if self.bids else None

    @property
    def high(self) -> Seen:
        return self.bids[-1] if self.bids else (None, None)

    @property
    def end(self) -> int:
        return max(self.clock_end, self.last_bid_end)

    def spent(self, member: int) -> int:
        return sum(price for owner, price in self.owners.values() if owner == member)

    def status(self) -> str:
        if self.closed:
            return "closed"
        if self.lot is None:
            return "open"
        return "bidding" if self.left is None else "paused"

    @property
    def first(self) -> str | None:
        """The lot that comes up if they come in order."""
        left = [lot for lot in LOTS if lot not in self.owners]
        return next((lot for lot in left if lot not in self.passed), left[0] if left else None)

    def next_in_order(self) -> str | None:
        """As `next_lot`, of the first one."""
        if self.first is None and not self.closed and self.lot is None:
            return "no_lots_left"
        return self.next_lot(self.first or "")

    def next_lot(self, lot: str) -> str | None:
        if self.closed:
            return "auction_closed"
        if self.lot is not None:
            return "lot_is_up"
        if lot in self.owners:
            return "lot_not_available"
        self.lot, self.bids, self.left, self.limit = lot, [], None, 0
        self.clock_end, self.last_bid_end = self.now + CLOCK, 0
        self.passed.discard(lot)
        return self.changed()

    def bid(self, member: int, lot: str, amount: int) -> str | None:
        if refusal := self.no_bid(member, lot, amount, self.minimum):
            return refusal
        if member == self.leader:
            self.bids.append((member, amount))
            self.limit = max(self.limit, amount)
        else:
            self.rivals(member, amount, amount)
        self.last_bid_end = self.now + EXTENSION
        return self.changed()

    def maximum(self, member: int, lot: str, limit: int) -> str | None:
        least = self.bids[-1][1] if member == self.leader else self.minimum
        if refusal := self.no_bid(member, lot, limit, least):
            return refusal
        if member == self.leader:
            self.limit = limit
            return self.changed()
        self.rivals(member, self.minimum, limit)
        self.last_bid_end = self.now + EXTENSION
        return self.changed()

    def rivals(self, member: int, price: int, limit: int) -> None:
        """The leader's limit and another's offer meet."""
        if self.leader is not None and self.limit >= limit:
            self.bids.append((self.leader, min(self.limit, self.above(limit))))
            return
        if price < limit and self.bids and self.limit > self.bids[-1][1]:
            price = min(limit, self.above(self.limit))
        self.bids.append((member, price))
        self.limit = limit

    def no_bid(self, member: int, lot: str, amount: int, least: int) -> str | None:
        """Why nobody listens."""
        if self.closed:
            return "auction_closed"
        if self.lot != lot:
            return "lot_not_up"
        if self.left is not None:
            return "auction_paused"
        if self.now >= self.end:
            return "deadline_passed"
        if amount < least:
            return "bid_too_low"
        return "over_budget" if self.spent(member) + amount > BUDGET else None

    def hammer(self, lot: str, forced: bool, seen: Seen | None = None) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
        if seen not in (None, self.high):
            return "bid_changed"
        if not forced and self.left is not None:
            return "auction_paused"
        if not forced and self.now < self.end:
            return "deadline_not_reached"
        if self.bids:
            self.owners[lot] = self.bids[-1]
        else:
            self.passed.add(lot)
        self.lot = None
        return self.changed()

    def pass_lot(self, lot: str) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
        self.passed.add(lot)
        self.lot = None
        return self.changed()

    def undo(self, lot: str, seen: Seen | None = None) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
        if seen not in (None, self.high):
            return "bid_changed"
        if not self.bids:
            return "no_bid_to_undo"
        self.bids.pop()
        self.limit = self.bids[-1][1] if self.bids else 0
        self.last_bid_end = self.now + EXTENSION
        return self.changed()

    def reset_lot(self, lot: str) -> str | None:
        if self.closed:
            return "auction_closed"
        if self.lot == lot:
            self.lot = None
            return self.changed()
        if lot not in self.owners and lot not in self.passed:
            return "lot_not_settled"
        self.owners.pop(lot, None)
        self.passed.discard(lot)
        return self.changed()

    def reset_clock(self, lot: str) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
        self.clock_end, self.last_bid_end, self.left = self.now + CLOCK, 0, None
        return self.changed()

    def pause(self) -> str | None:
        if self.closed or self.lot is None:
            return "lot_not_up"
        if self.left is not None:
            return "auction_paused"
        if self.now >= self.end:
            return "deadline_passed"
        self.left = self.end - self.now
        return self.changed()

    def resume(self) -> str | None:
        if self.closed or self.lot is None:
            return "lot_not_up"
        if self.left is None:
            return "auction_not_paused"
        self.clock_end, self.last_bid_end, self.left = self.now + self.left, 0, None
        return self.changed()

    def close(self) -> str | None:
        if self.closed:
            return "auction_closed"
        if self.lot is not None:
            return "lot_is_up"
        self.closed = True
        return self.changed()

    def reopen(self) -> str | None:
        if not self.closed:
            return "auction_already_open"
        self.closed = False
        return self.changed()

    def not_up(self, lot: str) -> str | None:
        if self.closed:
            return "auction_closed"
        return None if self.lot == lot else "lot_not_up"

    def changed(self) -> str | None:
        self.changes += 1
        return None
