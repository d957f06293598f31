"""What an auction is made of: its rules, members and lots, as every service sees them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from shared.fields import (
    AmountCents,
    BalanceCents,
    ClockMs,
    ExtensionMs,
    Id,
    LotStatus,
    MemberNumber,
    Name,
    Role,
    Seq,
)


class BidRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A price tier: from `from_cents` up, bids rise by at least `increment_cents`."""

    from_cents: BalanceCents
    increment_cents: AmountCents


class LeagueRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a league has decided; whatever is None comes from the stage's settings."""

    bid_rules: tuple[BidRule, ...] = ()
    clock_ms: ClockMs | None = None
    extension_ms: ExtensionMs | None = None
    budget_cents: AmountCents | None = None


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules in force from one lot to the next; a change is a new version.

    Attributes:
        bid_rules: tiers in ascending order, the first from 0.
        clock_ms: how long a lot has when it comes up.
        extension_ms: how long a lot has at least after each bid.
        budget_cents: the most each member may spend.
        budgets: exceptions to `budget_cents`, by member number.
    """

    version: Annotated[int, Meta(ge=1)]
    bid_rules: tuple[BidRule, ...]
    clock_ms: ClockMs
    extension_ms: ExtensionMs
    budget_cents: AmountCents
    budgets: dict[MemberNumber, AmountCents] = {}


class Member(msgspec.Struct, frozen=True):
    """A user in a league, by the short number that stands for them in the auction."""

    number: MemberNumber
    user_id: Id
    name: Name
    role: Role
    budget_cents: AmountCents | None = None


class Slot(msgspec.Struct, frozen=True):
    """A position in the tournament's field; two play-in teams can share it."""

    slot_id: Id
    region: Name
    seed: Annotated[int, Meta(ge=1)]
    teams: tuple[Name, ...]


class Lot(msgspec.Struct, frozen=True):
    """What is auctioned at once: one slot, or a bundle of slots."""

    lot_id: Id
    position: Annotated[int, Meta(ge=1)]
    name: Name
    slots: tuple[Slot, ...]


class LotState(msgspec.Struct, frozen=True):
    """Where a lot stands; `seq` is the event that put it there."""

    lot_id: Id
    status: LotStatus
    seq: Seq
    owner: MemberNumber | None = None
    price_cents: AmountCents | None = None
