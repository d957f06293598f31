"""Accounts worked out by hand; `leagues.SMALL` has a pool of one hundred dollars."""

import pytest
from msgspec.structs import replace

from rds_bridge_service.logic.settlement.settle import Facts, SoldLot, Win, settle
from shared.settlement import Fee, Payout, RuleTotal, SettlementRules, TaxBracket
from tests.unit.rds_bridge.settlement.leagues import SEMIS, SMALL, TITLE, UPSET


def with_rules(facts: Facts = SMALL, **changes: object) -> Facts:
    return replace(facts, rules=replace(facts.rules, **changes))


def payouts(facts: Facts) -> dict[int, int]:
    return {it.number: it.payout_cents for it in settle(facts).standings}


def test_a_payout_is_a_part_of_the_pool_for_each_result() -> None:
    assert payouts(SMALL) == {0: 75_00, 1: 0, 2: 25_00}


def test_a_standing_has_a_line_for_each_rule_that_pays() -> None:
    first = settle(SMALL).standings[0]
    assert first.payouts == (Payout("Semis", 1, 25_00), Payout("Title", 1, 50_00))


def test_the_net_return_is_the_payout_less_the_total_buy_in() -> None:
    assert [(it.number, it.net_return_cents) for it in settle(SMALL).standings] == [
        (0, 65_00),
        (1, -20_00),
        (2, -45_00),
    ]


def test_the_tax_is_part_of_the_pool() -> None:
    settlement = settle(with_rules(tax=(TaxBracket(50_00, 1_000),)))
    [taxed] = [it for it in settlement.standings if it.tax_cents]
    assert (taxed.number, taxed.natural_buy_in_cents) == (2, 70_00)
    assert (taxed.tax_cents, taxed.total_buy_in_cents) == (2_00, 72_00)
    assert settlement.prize_pool_cents == 102_00


def test_percentages_are_of_what_the_fee_leaves() -> None:
    facts = with_rules(fee=Fee(basis_points=1_000))
    assert settle(facts).fee_cents == 10_00
    assert payouts(facts) == {0: 67_50, 1: 0, 2: 22_50}


def test_percentages_are_of_what_the_fixed_prizes_leave() -> None:
    facts = replace(with_rules(payouts=(SEMIS, TITLE, UPSET)), awards={"Upset": "S002"})
    assert payouts(facts) == {0: 67_50, 1: 10_00, 2: 22_50}


def test_fixed_prizes_that_are_more_than_the_pool_shrink_alike() -> None:
    rules = (replace(UPSET, fixed_cents=300_00), replace(UPSET, name="More", fixed_cents=100_00))
    facts = replace(with_rules(payouts=rules), awards={"Upset": "S001", "More": "S002"})
    assert payouts(facts) == {0: 75_00, 1: 25_00, 2: 0}


def test_what_was_won_by_a_slot_that_nobody_bought_goes_back_by_total_buy_in() -> None:
    facts = replace(SMALL, sales=SMALL.sales[:2])
    settlement = settle(facts)
    assert settlement.prize_pool_cents == 30_00
    assert settlement.returned_cents == 7_50
    assert [(it.number, it.returned_cents) for it in settlement.standings] == [
        (0, 2_50),
        (2, 0),
        (1, 5_00),
    ]
    assert settlement.pending == ()


def test_what_is_not_decided_goes_back_too_and_is_pending() -> None:
    settlement = settle(replace(SMALL, wins=SMALL.wins[:1]))
    assert settlement.returned_cents == 75_00
    assert settlement.pending == (
        "Semis: 1 of 2 games are played",
        "Title: 0 of 1 games are played",
    )


def test_before_any_game_everyone_has_what_they_paid() -> None:
    assert {it.net_return_cents for it in settle(replace(SMALL, wins=())).standings} == {0}


def test_a_prize_that_is_awarded_by_hand_is_pending_until_then() -> None:
    facts = with_rules(payouts=(SEMIS, TITLE, UPSET))
    assert settle(facts).pending == ("Upset: not awarded yet",)
    assert settle(replace(facts, awards={"Upset": "S004"})).pending == ()


def test_an_auction_that_is_not_closed_is_pending() -> None:
    assert settle(replace(SMALL, closed=False)).pending == ("the auction is not closed",)


def test_the_cents_that_are_left_go_to_the_largest_fractions_then_the_lowest_number() -> None:
    sales = (SoldLot(2, 1, ("S001",)), SoldLot(1, 1, ("S002",)), SoldLot(0, 1, ("S003",)))
    wins = (Win("Final Four", "S001"), Win("Final Four", "S002"), Win("Championship", "S003"))
    # exactly 0.75, 0.75 and 1.5 cents
    assert payouts(replace(SMALL, sales=sales, wins=wins)) == {0: 1, 1: 1, 2: 1}


def test_of_equal_fractions_a_result_is_paid_before_what_is_returned() -> None:
    rules = (
        replace(TITLE, basis_points=5_000),
        replace(UPSET, fixed_cents=None, basis_points=5_000),
    )
    sales = (SoldLot(0, 1_01, ("S001",)),)
    wins = (Win("Championship", "S001"),)
    [account] = [
        it
        for it in settle(
            with_rules(replace(SMALL, sales=sales, wins=wins), payouts=rules)
        ).standings
        if it.payout_cents
    ]
    # exactly 50.5 cents each
    assert [it.amount_cents for it in account.payouts] == [51]
    assert account.returned_cents == 50


def test_each_rule_says_what_it_came_to() -> None:
    assert settle(SMALL).rules == (
        RuleTotal("Semis", results=2, decided=2, paid_cents=50_00),
        RuleTotal("Title", results=1, decided=1, paid_cents=50_00),
    )


def test_a_league_without_rules_has_the_default_ones() -> None:
    settlement = settle(replace(SMALL, rules=SettlementRules()))
    assert [it.rule for it in settlement.rules] == ["Wins in Final Four", "Championship"]


def test_a_league_that_bought_nothing_gets_nothing() -> None:
    settlement = settle(with_rules(replace(SMALL, sales=()), fee=Fee(fixed_cents=5_00)))
    assert (settlement.prize_pool_cents, settlement.fee_cents) == (0, 0)
    assert {it.payout_cents for it in settlement.standings} == {0}


def test_spectators_have_no_account() -> None:
    assert 3 not in payouts(SMALL)


def test_an_owner_who_is_a_spectator_now_still_has_an_account() -> None:
    assert payouts(replace(SMALL, sales=(SoldLot(3, 10_00, ("S001",)),)))[3] == 10_00


def test_more_results_than_games_are_no_settlement() -> None:
    with pytest.raises(ValueError, match="more results"):
        settle(replace(SMALL, wins=SMALL.wins * 2))


def test_an_owner_who_is_no_member_is_no_settlement() -> None:
    with pytest.raises(KeyError):
        settle(replace(SMALL, sales=(SoldLot(9, 10_00, ("S001",)),)))


def test_the_example_of_the_documentation_comes_out_as_it_says() -> None:
    rules = SettlementRules(
        fee=Fee(basis_points=200),
        tax=(TaxBracket(50_00, 1_000),),
        payouts=(
            replace(SEMIS, basis_points=2_000),
            replace(TITLE, basis_points=6_000),
            replace(UPSET, fixed_cents=5_00),
        ),
    )
    sales = (
        SoldLot(0, 33_33, ("S001",)),
        SoldLot(1, 20_00, ("S002",)),
        SoldLot(2, 61_01, ("S003",)),
    )
    wins = (Win("Final Four", "S001"), Win("Final Four", "S004"), Win("Championship", "S001"))
    settlement = settle(
        replace(SMALL, rules=rules, sales=sales, wins=wins, awards={"Upset": "S002"})
    )
    assert (settlement.prize_pool_cents, settlement.fee_cents) == (115_44, 2_30)
    assert [(it.payout_cents, it.net_return_cents) for it in settlement.standings] == [
        (92_75, 59_42),
        (8_75, -11_25),
        (11_64, -50_47),
    ]
