"""Everybody's account, from the sales that stand and the results there are.

Of the prize pool the fee is taken first. What is left is the net pool: it pays the fixed prizes,
and the percentages are of what these leave. What nobody is owed, since it is not decided yet or
since the slot was not sold, goes back to the members in proportion to their total buy-ins. All
this is exact; only then each member's payout is made whole cents, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import msgspec

from rds_bridge_service.logic.settlement.arithmetic import fee_cents, tax_cents, whole_cents
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import default_payouts, results_of
from shared.auction import Member, Slot
from shared.settlement import (
    WHOLE_BASIS_POINTS,
    Payout,
    PayoutRule,
    RuleTotal,
    Settlement,
    SettlementRules,
    Standing,
)


class SoldLot(msgspec.Struct, frozen=True):
    """A sale that stands, with the slots that are the owner's now."""

    owner: int
    price_cents: int
    slot_ids: tuple[str, ...]


class Win(msgspec.Struct, frozen=True):
    """A game that was won, by a team at this slot."""

    round: str
    slot_id: str


class Facts(msgspec.Struct, frozen=True):
    """All that a settlement depends on; `awards` are slot ids by the payout rule's name."""

    auction_id: str
    title: str
    closed: bool
    rules: SettlementRules
    members: tuple[Member, ...]
    sales: tuple[SoldLot, ...]
    slots: tuple[Slot, ...]
    wins: tuple[Win, ...]
    awards: Mapping[str, str]


class _Rule(msgspec.Struct, frozen=True):
    """A payout rule in this tournament: `worth` is what one result pays, in exact cents."""

    rule: PayoutRule
    results: int
    winners: tuple[str, ...]
    worth: Fraction


class _Buyer(msgspec.Struct, frozen=True):
    member: Member
    natural_cents: int
    tax_cents: int

    @property
    def total_cents(self) -> int:
        return self.natural_cents + self.tax_cents


class _Owed(msgspec.Struct, frozen=True):
    """What a member gets in exact cents: by the index of each rule, and of what nobody is owed."""

    by_rule: dict[int, Fraction]
    results: dict[int, int]
    returned: Fraction


def settle(facts: Facts) -> Settlement:
    """The accounts as they would be if nothing more happened.

    Raises:
        ValueError, KeyError: the facts contradict each other.
    """
    buyers = _buyers(facts)
    pool = sum(it.total_cents for it in buyers)
    fee = fee_cents(pool, facts.rules.fee)
    rules = _rules(facts, pool - fee)
    owed = _owed(facts, buyers, rules, pool, fee)
    exact = {number: sum(it.by_rule.values(), it.returned) for number, it in owed.items()}
    payouts = whole_cents(pool - fee, exact)
    standings = [
        _standing(it, owed[it.member.number], payouts[it.member.number], rules) for it in buyers
    ]
    standings.sort(key=lambda it: (-it.net_return_cents, it.number))
    return Settlement(
        auction_id=facts.auction_id,
        title=facts.title,
        prize_pool_cents=pool,
        fee_cents=fee,
        returned_cents=sum(it.returned_cents for it in standings),
        standings=tuple(standings),
        rules=_totals(rules, standings),
        pending=_pending(facts, rules),
    )


def _buyers(facts: Facts) -> list[_Buyer]:
    """Everyone who may own lots, by number."""
    natural = {it.number: 0 for it in facts.members}
    for sale in facts.sales:
        natural[sale.owner] += sale.price_cents
    return [
        _Buyer(it, natural[it.number], tax_cents(natural[it.number], facts.rules.tax))
        for it in sorted(facts.members, key=lambda it: it.number)
        if it.role != "spectator" or natural[it.number]
    ]


def _rules(facts: Facts, net_pool_cents: int) -> list[_Rule]:
    rounds = rounds_of(facts.slots)
    rules = facts.rules.payouts or default_payouts(rounds)
    fixed = sum((it.fixed_cents or 0) * results_of(it, rounds) for it in rules)
    # Prizes that are more than there is shrink alike.
    scale = min(Fraction(1), Fraction(net_pool_cents, fixed)) if fixed else Fraction(1)
    rest = net_pool_cents - scale * fixed
    return [
        _Rule(
            rule=it,
            results=results_of(it, rounds),
            winners=_winners(it, facts),
            worth=scale * it.fixed_cents
            if it.fixed_cents is not None
            else rest * Fraction(it.basis_points or 0, WHOLE_BASIS_POINTS),
        )
        for it in rules
    ]


def _winners(rule: PayoutRule, facts: Facts) -> tuple[str, ...]:
    """The slots of the results that are known."""
    if rule.round is None:
        return (facts.awards[rule.name],) if rule.name in facts.awards else ()
    return tuple(it.slot_id for it in facts.wins if it.round == rule.round)


def _owed(
    facts: Facts, buyers: Sequence[_Buyer], rules: Sequence[_Rule], pool: int, fee: int
) -> dict[int, _Owed]:
    owner_of = {slot_id: sale.owner for sale in facts.sales for slot_id in sale.slot_ids}
    wins = Counter(
        (owner_of[slot_id], index)
        for index, rule in enumerate(rules)
        for slot_id in rule.winners
        if slot_id in owner_of
    )
    unowed = pool - fee - sum(rules[index].worth * n for (_, index), n in wins.items())
    if unowed < 0:
        raise ValueError("there are more results than the tournament has games")
    return {
        it.member.number: _Owed(
            by_rule={
                index: rules[index].worth * n
                for (owner, index), n in wins.items()
                if owner == it.member.number
            },
            results={index: n for (owner, index), n in wins.items() if owner == it.member.number},
            returned=unowed * Fraction(it.total_cents, pool) if pool else Fraction(0),
        )
        for it in buyers
    }


def _standing(buyer: _Buyer, owed: _Owed, payout_cents: int, rules: Sequence[_Rule]) -> Standing:
    """The account; the payout's lines are made whole cents like the payouts themselves."""
    after_all = len(rules)
    lines = whole_cents(payout_cents, {**owed.by_rule, after_all: owed.returned})
    return Standing(
        number=buyer.member.number,
        name=buyer.member.name,
        natural_buy_in_cents=buyer.natural_cents,
        tax_cents=buyer.tax_cents,
        total_buy_in_cents=buyer.total_cents,
        payouts=tuple(
            Payout(rules[index].rule.name, owed.results[index], lines[index])
            for index in sorted(owed.by_rule)
        ),
        returned_cents=lines[after_all],
        payout_cents=payout_cents,
        net_return_cents=payout_cents - buyer.total_cents,
    )


def _totals(rules: Sequence[_Rule], standings: Sequence[Standing]) -> tuple[RuleTotal, ...]:
    paid = Counter[str]()
    for it in standings:
        for payout in it.payouts:
            paid[payout.rule] += payout.amount_cents
    return tuple(
        RuleTotal(it.rule.name, it.results, len(it.winners), paid[it.rule.name]) for it in rules
    )


def _pending(facts: Facts, rules: Sequence[_Rule]) -> tuple[str, ...]:
    pending = [] if facts.closed else ["the auction is not closed"]
    for it in rules:
        if it.rule.round is None and not it.winners:
            pending.append(f"{it.rule.name}: not awarded yet")
        elif len(it.winners) < it.results:
            pending.append(f"{it.rule.name}: {len(it.winners)} of {it.results} games are played")
    return tuple(pending)
