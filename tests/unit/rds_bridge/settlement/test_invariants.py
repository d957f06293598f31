"""What holds for every league there can be, whatever was sold, played and awarded."""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rds_bridge_service.logic import settlement
from rds_bridge_service.logic.settlement.settle import Facts, settle
from shared.settlement import Settlement
from tests.unit.rds_bridge.settlement.leagues import facts

T = TypeVar("T")
SOURCES = sorted(Path(settlement.__path__[0]).glob("*.py"))


def values_in(part: Any) -> Iterator[object]:
    if isinstance(part, dict):
        for it in part.values():
            yield from values_in(it)
    elif isinstance(part, list | tuple):
        for it in part:
            yield from values_in(it)
    else:
        yield part


def shuffled(items: tuple[T, ...], seed: int) -> tuple[T, ...]:
    return tuple(random.Random(seed).sample(items, len(items)))


@given(facts())
def test_payouts_and_fee_are_the_pool(league: Facts) -> None:
    accounts = settle(league)
    paid = sum(it.payout_cents for it in accounts.standings)
    assert paid + accounts.fee_cents == accounts.prize_pool_cents


@given(facts())
def test_net_returns_sum_to_minus_the_fee(league: Facts) -> None:
    accounts = settle(league)
    assert sum(it.net_return_cents for it in accounts.standings) == -accounts.fee_cents


@given(facts())
def test_the_pool_is_what_all_paid(league: Facts) -> None:
    accounts = settle(league)
    prices = sum(it.price_cents for it in league.sales)
    assert sum(it.natural_buy_in_cents for it in accounts.standings) == prices
    assert accounts.prize_pool_cents == prices + sum(it.tax_cents for it in accounts.standings)


@given(facts())
def test_a_payout_is_the_sum_of_its_lines_and_nothing_is_negative(league: Facts) -> None:
    for it in settle(league).standings:
        lines = [line.amount_cents for line in it.payouts]
        assert it.payout_cents == sum(lines) + it.returned_cents
        assert min([*lines, it.returned_cents, it.tax_cents], default=0) >= 0


@given(facts())
def test_the_totals_of_the_rules_and_what_is_returned_are_all_payouts(league: Facts) -> None:
    accounts = settle(league)
    by_rule = sum(it.paid_cents for it in accounts.rules) + accounts.returned_cents
    assert by_rule + accounts.fee_cents == accounts.prize_pool_cents


@given(facts())
def test_every_result_of_a_slot_is_a_result_of_whoever_bought_it(league: Facts) -> None:
    rules = league.rules.payouts
    won = [(it.name, win.slot_id) for it in rules for win in league.wins if win.round == it.round]
    awarded = [(it.name, league.awards[it.name]) for it in rules if it.name in league.awards]
    expected = Counter(
        (sale.owner, rule)
        for sale in league.sales
        for rule, slot_id in (*won, *awarded)
        if slot_id in sale.slot_ids
    )
    assert expected == {
        (it.number, line.rule): line.results
        for it in settle(league).standings
        for line in it.payouts
    }


@given(facts())
def test_whoever_may_buy_or_has_bought_has_an_account(league: Facts) -> None:
    bidders = {it.number for it in league.members if it.role != "spectator"}
    owners = {it.owner for it in league.sales}
    assert {it.number for it in settle(league).standings} == bidders | owners


@given(facts(), st.integers())
def test_no_order_of_rows_matters(league: Facts, seed: int) -> None:
    mixed = replace(
        league,
        members=shuffled(league.members, seed),
        sales=shuffled(league.sales, seed),
        slots=shuffled(league.slots, seed),
        wins=shuffled(league.wins, seed),
        awards=dict(shuffled(tuple(league.awards.items()), seed)),
    )
    assert settle(mixed) == settle(league)


@given(facts())
def test_the_same_result_is_worth_the_same_to_within_a_cent(league: Facts) -> None:
    each: dict[str, list[Fraction]] = {}
    for it in settle(league).standings:
        for line in it.payouts:
            slack = Fraction(1, line.results)
            worth = Fraction(line.amount_cents, line.results)
            low, high = each.setdefault(line.rule, [worth - slack, worth + slack])
            each[line.rule] = [max(low, worth - slack), min(high, worth + slack)]
    assert all(low <= high for low, high in each.values())


@given(facts())
def test_a_settlement_has_no_float_and_survives_the_way_to_its_reader(league: Facts) -> None:
    accounts = settle(league)
    assert not [it for it in values_in(msgspec.to_builtins(accounts)) if isinstance(it, float)]
    assert msgspec.json.decode(msgspec.json.encode(accounts), type=Settlement) == accounts


@pytest.mark.parametrize("source", SOURCES, ids=lambda it: it.stem)
def test_no_line_of_the_rules_makes_a_float(source: Path) -> None:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("float", "round")
        assert not isinstance(node, ast.Div), "integers are divided by // or in a Fraction"
