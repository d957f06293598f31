from typing import Any

import pytest

from rds_bridge_service.logic.settlement.rounds import Round, rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules, default_payouts, results_of
from shared.errors import InvalidMessage
from shared.settlement import Fee, PayoutRule, SettlementRules, TaxBracket
from tests.unit.rds_bridge.settlement.test_rounds import field

ROUNDS = (Round("First Four", 1), Round("Final Four", 2), Round("Championship", 1))
SEMIS = PayoutRule("Semis", "Final Four", basis_points=2_000)
TITLE = PayoutRule("Title", "Championship", basis_points=6_000)
UPSET = PayoutRule("Upset", fixed_cents=2_500)


def refusal(**rules: Any) -> str:
    with pytest.raises(InvalidMessage) as refused:
        checked_rules(SettlementRules(**rules), ROUNDS)
    return refused.value.message


def test_percentages_of_all_results_are_the_whole_pool() -> None:
    rules = SettlementRules(payouts=(SEMIS, TITLE, UPSET))
    assert checked_rules(rules, ROUNDS) == rules


def test_percentages_that_are_too_little_are_refused() -> None:
    assert "add up to 40.00, not to 100" in refusal(payouts=(SEMIS,))


def test_percentages_that_are_too_much_are_refused() -> None:
    third = PayoutRule("More", "Championship", basis_points=1)
    assert "add up to 100.01, not to 100" in refusal(payouts=(SEMIS, TITLE, third))


def test_a_prize_that_is_awarded_by_hand_counts_once() -> None:
    upset = PayoutRule("Upset", basis_points=6_000)
    checked_rules(SettlementRules(payouts=(SEMIS, upset)), ROUNDS)


def test_fixed_prizes_may_be_all_there_is() -> None:
    checked_rules(SettlementRules(payouts=(UPSET,)), ROUNDS)


def test_a_round_is_kept_as_the_field_names_it() -> None:
    semis = PayoutRule("Semis", "FINAL four", basis_points=5_000)
    assert checked_rules(SettlementRules(payouts=(semis,)), ROUNDS).payouts[0].round == "Final Four"


def test_a_round_that_the_field_does_not_play_is_refused() -> None:
    sweet = PayoutRule("Sweet", "Sweet 16", basis_points=10_000)
    assert "its rounds are First Four, Final Four, Championship" in refusal(payouts=(sweet,))


@pytest.mark.parametrize("amount", [None, 1])
def test_a_payout_is_a_percentage_or_an_amount(amount: int | None) -> None:
    odd = PayoutRule("Odd", basis_points=amount, fixed_cents=amount)
    assert "either" in refusal(payouts=(odd,))


def test_two_payouts_of_one_name_are_refused() -> None:
    again = PayoutRule("UPSET", fixed_cents=1)
    assert 'two payouts named "UPSET"' in refusal(payouts=(UPSET, again))


def test_a_name_that_cannot_be_shown_is_refused() -> None:
    assert "cannot be shown" in refusal(payouts=(PayoutRule("Up\nset", fixed_cents=1),))


def test_a_name_is_kept_without_blanks_and_with_one_way_to_write_an_accent() -> None:
    rules = SettlementRules(payouts=(PayoutRule(" Cafe\u0301 ", fixed_cents=1),))
    assert checked_rules(rules, ROUNDS).payouts[0].name == "Caf\u00e9"


def test_a_fee_is_a_percentage_or_an_amount() -> None:
    assert "not both" in refusal(fee=Fee(basis_points=100, fixed_cents=100))


@pytest.mark.parametrize("starts", [(200, 100), (100, 100)])
def test_tax_brackets_ascend(starts: tuple[int, ...]) -> None:
    brackets = tuple(TaxBracket(start, 100) for start in starts)
    assert refusal(tax=brackets) == "tax brackets ascend"


def test_a_league_that_says_nothing_has_the_payouts_of_its_field() -> None:
    assert checked_rules(SettlementRules(), ROUNDS).payouts == default_payouts(ROUNDS)


def test_the_default_for_the_ncaa_is_16_per_cent_a_round_and_20_for_the_title() -> None:
    rounds = rounds_of(field(64, shared=4))
    assert [it.basis_points for it in default_payouts(rounds)] == [50, 100, 200, 400, 800, 2_000]


@pytest.mark.parametrize("slots", range(2, 260))
def test_the_default_for_any_field_can_be_used(slots: int) -> None:
    rounds = rounds_of(field(slots))
    checked_rules(SettlementRules(payouts=default_payouts(rounds)), rounds)


def test_without_games_there_is_nothing_to_pay_for() -> None:
    assert checked_rules(SettlementRules(), ()).payouts == ()


def test_a_rule_pays_for_each_game_of_its_round() -> None:
    assert [results_of(it, ROUNDS) for it in (SEMIS, TITLE, UPSET)] == [2, 1, 1]
