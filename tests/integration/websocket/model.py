"""An auction as a person would keep it on paper: the independent model of the state machine test.

It shares no rule with the code under test: prices are found by walking through the tiers, a lot's
bids are a stack, and what members spent is added up from the lots that they own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CLOCK, EXTENSION, BUDGET = 15_000, 10_000, 1_000_00
LOTS = ("L01", "L02", "L03")


@dataclass
class Paper:
    """`accept` methods return None, or the code of the refusal."""

    now: int = 1_000_000
    closed: bool = False
    lot: str | None = None
    bids: list[tuple[int, int]] = field(default_factory=list)
    clock_end: int = 0
    last_bid_end: int = 0
    left: int | None = None
    owners: dict[str, tuple[int, int]] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    changes: int = 1

    @property
    def minimum(self) -> int:
        price = self.bids[-1][1] if self.bids else 0
        return price + (5_00 if price >= 50_00 else 1_00)

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

    def next_lot(self, lot: str) -> str | None:
        if self.closed:
            return "auction_closed"
        if self.lot is not None:
            return "lot_is_up"
        if lot in self.owners:
            return "lot_not_available"
        self.lot, self.bids, self.left = lot, [], None
        self.clock_end, self.last_bid_end = self.now + CLOCK, 0
        self.passed.discard(lot)
        return self.changed()

    def bid(self, member: int, lot: str, amount: int) -> str | None:
        if self.closed:
            return "auction_closed"
        if self.lot != lot:
            return "lot_not_up"
        if self.left is not None:
            return "auction_paused"
        if self.now >= self.end:
            return "deadline_passed"
        if amount < self.minimum:
            return "bid_too_low"
        if self.spent(member) + amount > BUDGET:
            return "over_budget"
        self.bids.append((member, amount))
        self.last_bid_end = self.now + EXTENSION
        return self.changed()

    def hammer(self, lot: str, forced: bool) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
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

    def undo(self, lot: str) -> str | None:
        if refusal := self.not_up(lot):
            return refusal
        if not self.bids:
            return "no_bid_to_undo"
        self.bids.pop()
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
