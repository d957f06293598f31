"""A league's rules for taxes, payouts and the fee: what is allowed, and what holds by default."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from rds_bridge_service.logic.csv_file import name_problem
from rds_bridge_service.logic.settlement.rounds import PLAY_IN, Round, round_named
from shared.errors import InvalidMessage
from shared.settlement import WHOLE_BASIS_POINTS, PayoutRule, SettlementRules

_BEFORE_THE_LAST = 8_000
"""Basis points that the default rules share equally among the rounds before the last."""


def checked_rules(rules: SettlementRules, rounds: Sequence[Round]) -> SettlementRules:
    """The rules as they are kept: complete, with the rounds as the field names them.

    Raises:
        InvalidMessage: they cannot be used in a tournament with these rounds.
    """
    _check_tax(rules)
    if rules.fee.basis_points is not None and rules.fee.fixed_cents is not None:
        raise InvalidMessage("the fee is a percentage or an amount, not both", field="$.fee")
    if not rules.payouts:
        return msgspec.structs.replace(rules, payouts=default_payouts(rounds))
    payouts = tuple(
        _checked_payout(rule, rounds, f"$.payouts[{i}]") for i, rule in enumerate(rules.payouts)
    )
    names = [rule.name.casefold() for rule in payouts]
    for i, rule in enumerate(payouts):
        if names.index(rule.name.casefold()) != i:
            raise InvalidMessage(
                f'there are two payouts named "{rule.name}"', field=f"$.payouts[{i}].name"
            )
    _check_sum(payouts, rounds)
    return msgspec.structs.replace(rules, payouts=payouts)


def tidy(name: str) -> str:
    """A name as it is kept and looked for: one way to write an accent, no blanks around it."""
    return unicodedata.normalize("NFC", name).strip()


def results_of(rule: PayoutRule, rounds: Sequence[Round]) -> int:
    """How many results of a tournament a rule pays for."""
    if rule.round is None:
        return 1
    return sum(it.games for it in rounds if it.name == rule.round)


def default_payouts(rounds: Sequence[Round]) -> tuple[PayoutRule, ...]:
    """For a field of 64: 16 % for all wins of each round, a fifth of the pool for the title.

    For other fields, as near to it as whole basis points allow; the last round has the rest.
    """
    paid = [it for it in rounds if it.name != PLAY_IN]
    if not paid:
        return ()
    *before, last = paid
    payouts = []
    left = WHOLE_BASIS_POINTS
    for it in before:
        each = _BEFORE_THE_LAST // len(before) // it.games
        payouts.append(PayoutRule(f"Wins in {it.name}", it.name, basis_points=each))
        left -= each * it.games
    return (*payouts, PayoutRule(last.name, last.name, basis_points=left))


def _check_tax(rules: SettlementRules) -> None:
    starts = [bracket.from_cents for bracket in rules.tax]
    if starts != sorted(set(starts)):
        raise InvalidMessage("tax brackets ascend", field="$.tax")


def _checked_payout(rule: PayoutRule, rounds: Sequence[Round], path: str) -> PayoutRule:
    rule = msgspec.structs.replace(rule, name=tidy(rule.name))
    if problem := name_problem(rule.name):
        raise InvalidMessage(f"the payout's name {problem}", field=f"{path}.name")
    if (rule.basis_points is None) == (rule.fixed_cents is None):
        raise InvalidMessage(
            f'the payout "{rule.name}" is either a percentage or an amount', field=path
        )
    if rule.round is None:
        return rule
    known = round_named(tidy(rule.round), rounds)
    if known is None:
        names = ", ".join(it.name for it in rounds) or "none"
        raise InvalidMessage(
            f'the payout "{rule.name}" is for a round that this field does not play;'
            f" its rounds are {names}",
            field=f"{path}.round",
        )
    return msgspec.structs.replace(rule, round=known.name)


def _check_sum(payouts: Sequence[PayoutRule], rounds: Sequence[Round]) -> None:
    """All percentages are all of the net pool; with none, there are only fixed prizes."""
    total = sum((rule.basis_points or 0) * results_of(rule, rounds) for rule in payouts)
    if total not in (0, WHOLE_BASIS_POINTS):
        raise InvalidMessage(
            "the percentages of all payouts, each times its number of results, add up to"
            f" {total // 100}.{total % 100:02d}, not to 100",
            field="$.payouts",
        )
