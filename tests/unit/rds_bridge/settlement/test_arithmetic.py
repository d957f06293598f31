from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.settlement.arithmetic import fee_cents, tax_cents, whole_cents
from shared.settlement import Fee, TaxBracket

BRACKETS = (TaxBracket(300_00, 500), TaxBracket(500_00, 1_000))


@pytest.mark.parametrize(
    ("natural", "tax"),
    [
        (0, 0),
        (300_00, 0),
        (300_19, 0),
        (300_20, 1),
        (500_00, 10_00),
        (600_00, 20_00),
    ],
)
def test_each_bracket_taxes_the_part_that_lies_in_it(natural: int, tax: int) -> None:
    assert tax_cents(natural, BRACKETS) == tax


def test_fractions_of_a_cent_of_all_brackets_are_added_before_they_are_dropped() -> None:
    halves = (TaxBracket(0, 5_000), TaxBracket(1, 5_000))
    assert tax_cents(2, halves) == 1


def test_without_brackets_there_is_no_tax() -> None:
    assert tax_cents(1_000_00, ()) == 0


@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_who_buys_for_more_pays_no_less_tax(natural: int, more: int) -> None:
    assert tax_cents(natural + more, BRACKETS) >= tax_cents(natural, BRACKETS)


@pytest.mark.parametrize(
    ("fee", "cents"),
    [(Fee(), 0), (Fee(basis_points=250), 2), (Fee(fixed_cents=50), 50), (Fee(fixed_cents=200), 99)],
)
def test_a_fee_is_rounded_down_and_never_more_than_the_pool(fee: Fee, cents: int) -> None:
    assert fee_cents(99, fee) == cents


def test_cents_that_are_left_go_to_the_largest_fractions() -> None:
    exact = {0: Fraction(10, 3), 1: Fraction(8, 3), 2: Fraction(4)}
    assert whole_cents(10, exact) == {0: 3, 1: 3, 2: 4}


def test_equal_fractions_are_served_by_ascending_key() -> None:
    exact = {2: Fraction(1, 2), 0: Fraction(1, 2), 1: Fraction(1)}
    assert whole_cents(2, exact) == {0: 1, 1: 1, 2: 0}


@pytest.mark.parametrize("total", [0, 3])
def test_a_total_that_is_a_cent_away_is_refused(total: int) -> None:
    with pytest.raises(ValueError, match="do not sum"):
        whole_cents(total, {0: Fraction(1), 1: Fraction(1, 2)})


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_whole_cents_are_the_total_and_nobody_is_a_cent_away(
    total: int, weights: list[int]
) -> None:
    exact = {key: Fraction(total * it, sum(weights)) for key, it in enumerate(weights)}
    shares = whole_cents(total, exact)
    assert sum(shares.values()) == total
    assert all(abs(shares[key] - exact[key]) < 1 for key in exact)
