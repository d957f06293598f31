import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.auction import BidRule, LeagueRules, Member, Rules
from shared.errors import InvalidMessage
from shared.settings import Settings
from tests.fakes.builders import DAN, MEMBERS, RULES, projection
from websocket_service.logic.rules import (
    DEFAULT_BID_RULES,
    budget_of,
    minimum_after,
    rules_for,
    rules_of,
)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[BidRule, ...]:
    starts = draw(st.sets(st.integers(1, 10_000), max_size=5))
    return tuple(BidRule(start, draw(st.integers(1, 5_000))) for start in [0, *sorted(starts)])


def rules_with(bid_rules: tuple[BidRule, ...]) -> Rules:
    return Rules(1, bid_rules, clock_ms=1, extension_ms=1, budget_cents=1)


@pytest.mark.parametrize(
    ("high", "minimum"), [(0, 1_00), (49_99, 50_99), (50_00, 55_00), (1_000_00, 1_005_00)]
)
def test_the_minimum_rises_by_the_increment_of_the_tier_the_price_is_in(
    high: int, minimum: int
) -> None:
    assert minimum_after(RULES, high) == minimum


@given(tiers(), st.integers(0, 20_000))
def test_the_minimum_is_always_above_the_price(bid_rules: tuple[BidRule, ...], high: int) -> None:
    assert minimum_after(rules_with(bid_rules), high) > high


@given(tiers(), st.integers(0, 20_000), st.integers(1, 20_000))
def test_within_a_tier_a_higher_price_asks_for_a_higher_minimum(
    bid_rules: tuple[BidRule, ...], low: int, gap: int
) -> None:
    rules = rules_with(bid_rules)
    assume(not any(low < rule.from_cents <= low + gap for rule in bid_rules))
    assert minimum_after(rules, low + gap) - minimum_after(rules, low) == gap


@given(st.integers(0, 2_000_00), st.integers(0, 2_000_00))
def test_with_the_default_tiers_the_minimum_never_falls(a: int, b: int) -> None:
    rules = rules_with(DEFAULT_BID_RULES)
    low, high = sorted([a, b])
    assert minimum_after(rules, low) <= minimum_after(rules, high)


def test_a_members_own_budget_goes_before_the_leagues() -> None:
    assert budget_of(RULES, 3) == RULES.budgets[3]
    assert budget_of(RULES, 2) == RULES.budget_cents


def test_what_the_league_left_open_comes_from_the_settings() -> None:
    settings = Settings(clock_ms=7_000, extension_ms=3_000, budget_cents=5_00)
    rules = rules_for(LeagueRules(), (), settings)
    assert rules == Rules(
        version=1,
        bid_rules=DEFAULT_BID_RULES,
        clock_ms=7_000,
        extension_ms=3_000,
        budget_cents=5_00,
    )


def test_what_the_league_decided_goes_before_the_settings() -> None:
    league = LeagueRules((BidRule(0, 5),), clock_ms=1_111, extension_ms=2_222, budget_cents=3_333)
    rules = rules_for(league, (), Settings())
    assert (rules.bid_rules, rules.clock_ms, rules.extension_ms, rules.budget_cents) == (
        league.bid_rules,
        1_111,
        2_222,
        3_333,
    )


def test_members_with_budgets_of_their_own_are_exceptions_by_number() -> None:
    members = (Member(0, "u0", "Ada", "commissioner"), Member(7, "u7", "Gus", "bidder", 9_00))
    assert rules_for(LeagueRules(), members, Settings()).budgets == {7: 9_00}


def test_an_auctions_rules_are_of_the_databases_version_and_know_who_may_come_back() -> None:
    former = replace(MEMBERS[DAN.number], active=False)
    others = tuple(it for it in MEMBERS if it.number != DAN.number)
    auction = replace(projection(), members=others, former=(former,), version=12)
    assert rules_of(auction, Settings()) == replace(RULES, version=12)


@pytest.mark.parametrize("starts", [(1,), (0, 5, 5), (0, 9, 5)])
def test_tiers_that_do_not_start_at_zero_or_ascend_are_refused(starts: tuple[int, ...]) -> None:
    league = LeagueRules(bid_rules=tuple(BidRule(start, 1) for start in starts))
    with pytest.raises(InvalidMessage) as caught:
        rules_for(league, (), Settings())
    assert caught.value.field == "$.bid_rules"
