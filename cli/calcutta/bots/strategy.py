"""What a bot wants and what it bids: pure functions of the view and a random source."""

from __future__ import annotations

import random

from msgspec import Struct

from shared.auction import Lot
from shared.client import AuctionView

NEXT_SEED = 0.78
"""A seed is worth this part of the one above it: wins fall off about as fast in real fields."""

APPETITE = 0.6
"""The part of all budgets that the lots are worth together, so that money lasts to the end."""

TASTE = 0.3
"""Spread of the bots' opinions: standard deviation of the logarithm of a valuation."""

JUMP_CHANCE = 0.15
"""How often a bot bids more than it has to."""


class Bot(Struct, frozen=True):
    """One bidder: its member number and the most it would pay for each lot, in cents."""

    number: int
    valuations: dict[str, int]


def make_bot(view: AuctionView, number: int, bidders: int, seed: int) -> Bot:
    """The same bot for the same seed; `view` has lots and rules.

    Args:
        bidders: how many share the lots.
        seed: of the whole run; each bot draws its own noise from it.
    """
    source = random.Random(f"{seed}:{number}")
    budget = view.rules.budget_cents if view.rules else 0
    worth = {lot.lot_id: _worth(lot) for lot in view.lots}
    cents_each = budget * bidders * APPETITE / (sum(worth.values()) or 1)
    return Bot(
        number=number,
        valuations={
            lot_id: _whole_dollars(share * cents_each * source.lognormvariate(0, TASTE))
            for lot_id, share in sorted(worth.items())
        },
    )


def wants_to_bid(view: AuctionView, bot: Bot) -> bool:
    """The lot is open, not the bot's already, and its next price is worth it and affordable."""
    current = view.current
    return (
        view.status == "bidding"
        and current is not None
        and current.high_bidder != bot.number
        and current.minimum_cents <= _ceiling(view, bot, current.lot_id)
    )


def amount_to_bid(view: AuctionView, bot: Bot, source: random.Random) -> int:
    """The minimum, or now and then a jump halfway to what the lot is worth to the bot; 0 if it
    does not want to bid."""
    current = view.current
    if current is None or not wants_to_bid(view, bot):
        return 0
    minimum = current.minimum_cents
    if source.random() < JUMP_CHANCE:
        return max(minimum, _whole_dollars((minimum + _ceiling(view, bot, current.lot_id)) / 2))
    return minimum


def thinking_s(pace_s: float, source: random.Random) -> float:
    """Seconds from seeing a price to bidding: `pace_s`, give or take a half."""
    return pace_s * source.uniform(0.5, 1.5)


def is_over(view: AuctionView) -> bool:
    """Every lot was sold or passed, or the auction was closed."""
    if view.status == "closed":
        return True
    return bool(view.lots) and all(
        (state := view.lot_states.get(lot.lot_id)) is not None
        and state.status in ("sold", "passed")
        for lot in view.lots
    )


def next_to_call(view: AuctionView, called_again: frozenset[str]) -> Lot | None:
    """The lot that an auctioneer puts up next: one that passed, a second time and at once, else
    the first by position that never came to an end; None if there is none.

    Args:
        called_again: lots that had their second call.
    """
    status = {lot_id: state.status for lot_id, state in view.lot_states.items()}
    lots = sorted(view.lots, key=lambda lot: lot.position)
    passed = (
        lot for lot in lots if status.get(lot.lot_id) == "passed" and lot.lot_id not in called_again
    )
    unsold = (lot for lot in lots if status.get(lot.lot_id, "unsold") == "unsold")
    return next(passed, None) or next(unsold, None)


def _ceiling(view: AuctionView, bot: Bot, lot_id: str) -> int:
    return min(bot.valuations.get(lot_id, 0), view.budget_left_cents(bot.number))


def _worth(lot: Lot) -> float:
    return sum(NEXT_SEED ** (slot.seed - 1) for slot in lot.slots)


def _whole_dollars(amount_cents: float) -> int:
    return int(amount_cents) // 100 * 100
