"""Rounds, ratios and goals."""

from functools import partial

import pytest

from bench.measuring import (
    OURS,
    DifferentWork,
    Goal,
    compare,
    in_turns,
    number,
    require,
    require_equal,
)


def test_all_take_a_turn_in_each_round_and_another_begins_each_time() -> None:
    order: list[str] = []
    found = in_turns(3, {name: partial(order.append, name) for name in "abc"})
    assert order == [*"abc", *"bca", *"cab"]
    assert {name: len(turns) for name, turns in found.items()} == {"a": 3, "b": 3, "c": 3}


def test_a_ratio_is_the_median_of_those_within_each_round() -> None:
    # a slow machine in the second round slows both; the ratio of medians would be 10 / 4
    [found] = compare("x", "ms", {OURS: [1.0, 100.0, 10.0], "peer": [2.0, 200.0, 4.0]})
    assert (found.ours, found.theirs) == (10.0, 4.0)
    assert (found.lowest, found.ratio, found.highest) == (0.5, 0.5, 2.5)


def test_each_peer_has_its_own_goal() -> None:
    measured = {OURS: [1.0], "a": [4.0], "b": [2.0]}
    a, b = compare("x", "ms", measured, {"a": Goal(at_most=0.3)})
    assert (a.reached, b.reached) == (True, None)


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        (Goal(at_least=3), [False, True, True]),
        (Goal(at_most=3), [True, True, False]),
    ],
)
def test_a_bound_itself_reaches_its_goal(goal: Goal, reached: list[bool]) -> None:
    assert [goal.reached(value) for value in (2.9, 3, 3.1)] == reached


def test_who_did_other_work_is_named() -> None:
    require_equal("rows", {"a": 1, "b": 1})
    with pytest.raises(DifferentWork, match=r"rows differ: a: 1; b: 2"):
        require_equal("rows", {"a": 1, "b": 2})


def test_what_has_to_hold_stops_the_run_if_it_does_not() -> None:
    require(True, "it holds")
    with pytest.raises(DifferentWork, match="it does not"):
        require(False, "it does not")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1_234.0, "1,234"), (0.12345, "0.123"), (12.345, "12.3"), (9876.5, "9,876")],
)
def test_figures_show_the_digits_that_count(value: float, shown: str) -> None:
    assert number(value) == shown
