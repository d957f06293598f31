"""Prices and budgets: which bid stands next, and how far a member may go."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from shared.auction import BidRule, LeagueRules, Member, Rules
from shared.bridge import AuctionProjection
from shared.errors import InvalidMessage
from shared.settings import Settings

DEFAULT_BID_RULES = (
    BidRule(from_cents=0, increment_cents=1_00),
    BidRule(from_cents=50_00, increment_cents=5_00),
    BidRule(from_cents=250_00, increment_cents=10_00),
    BidRule(from_cents=1_000_00, increment_cents=25_00),
)


def minimum_after(rules: Rules, high_cents: int) -> int:
    """The lowest bid that stands over `high_cents`: the price plus the increment of its tier.

    With no bid yet the price is 0, so the first tier's increment is the opening minimum.
    """
    tier = next(rule for rule in reversed(rules.bid_rules) if rule.from_cents <= high_cents)
    return high_cents + tier.increment_cents


def budget_of(rules: Rules, member: int) -> int:
    """The most a member may spend in all, in cents."""
    return rules.budgets.get(member, rules.budget_cents)


def rules_of(auction: AuctionProjection, settings: Settings) -> Rules:
    """The rules of an auction as the database has them, by its version of them.

    The budget of who has left holds again should they come back.

    Raises:
        InvalidMessage: see `rules_for`.
    """
    rules = rules_for(auction.rules, (*auction.members, *auction.former), settings)
    return msgspec.structs.replace(rules, version=auction.version)


def rules_for(league: LeagueRules, members: tuple[Member, ...], settings: Settings) -> Rules:
    """A league's rules, completed by the stage's settings.

    Raises:
        InvalidMessage: the tiers do not start at 0 or do not ascend.
    """
    tiers = league.bid_rules or DEFAULT_BID_RULES
    starts = [tier.from_cents for tier in tiers]
    if starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
        raise InvalidMessage("bid rules start at 0 and ascend", field="$.bid_rules")
    return Rules(
        version=1,
        bid_rules=tiers,
        clock_ms=league.clock_ms or settings.clock_ms,
        extension_ms=league.extension_ms or settings.extension_ms,
        budget_cents=league.budget_cents or settings.budget_cents,
        budgets={m.number: m.budget_cents for m in members if m.budget_cents is not None},
    )
