from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcutta.problems import Problem
from calcutta.release.logic.comparing import refuse_other_content, refuse_unless_passed
from calcutta.release.logic.keeping import KEPT_BUILDS, prunable
from calcutta.release.logic.order import ranks
from calcutta.release.logic.records import Build, Entry, Happened, Release
from calcutta.release.logic.routing import Routing, at_percent
from calcutta.release.logic.sampling import MISSED, runs_for
from tests.fakes.releases import build

KEYS = st.sampled_from("abcdefgh")


def with_history(number: int, *happened: Happened, version: str = "1") -> Build:
    made = build(number, {"a": version}, {})
    for what in happened:
        made = made.with_entry(Entry(what, 0, "arn"))
    return made


@given(st.dictionaries(KEYS, st.sets(KEYS)))
def test_what_a_function_calls_is_never_in_a_later_rank(calls: dict[str, set[str]]) -> None:
    rank_of = {key: n for n, rank in enumerate(ranks(calls)) for key in rank}
    assert rank_of.keys() == calls.keys()
    for caller, callees in calls.items():
        for callee in callees & calls.keys():
            assert rank_of[callee] <= rank_of[caller]


def test_only_functions_in_a_circle_share_a_rank_with_what_they_call() -> None:
    calls = {"a": "b", "b": "c", "c": "b", "d": "", "e": "ad"}
    assert ranks(calls) == (("b", "c", "d"), ("a",), ("e",))


def test_no_share_goes_to_the_version_an_alias_is_at_already() -> None:
    assert at_percent("3", "3", 10) == Routing("3")
    assert at_percent("3", "4", 10) == Routing("3", {"4": 0.1})
    assert at_percent("3", "4", 100) == Routing("4")


@given(st.integers(min_value=1, max_value=100))
def test_enough_runs_of_the_canary_meet_the_new_code(percent: int) -> None:
    runs, missed = runs_for(percent), 1 - percent / 100
    assert missed**runs <= MISSED
    assert runs == 1 or missed ** (runs - 1) > MISSED


def test_a_build_is_recorded_once_and_the_same_again_is_fine() -> None:
    there = with_history(7, "recorded", "promoted")
    refuse_other_content(there, with_history(7, "recorded"))
    with pytest.raises(Problem, match=r"build 7 is recorded already .*\(a\): .*number of its own"):
        refuse_other_content(there, with_history(7, "recorded", version="2"))


@pytest.mark.parametrize(
    ("staged", "why"),
    [
        (None, "never recorded in staging"),
        (with_history(7, "recorded"), "was not promoted in staging"),
        (with_history(7, "recorded", "failed"), "failed in staging"),
        (with_history(7, "recorded", "promoted", "rolled_back"), "was rolled back in staging"),
        (with_history(7, "recorded", "promoted", version="2"), r"not the code .*\(a\)"),
    ],
)
def test_production_refuses_what_did_not_pass_in_staging(staged: Build | None, why: str) -> None:
    with pytest.raises(Problem, match=f"{why}.*--force --reason TEXT"):
        refuse_unless_passed(with_history(7, "recorded"), [staged] if staged else [])


def test_production_takes_the_code_that_passed_in_staging_whatever_its_versions() -> None:
    staged = with_history(7, "recorded", "promoted")
    here = Build(7, staged.commit, {
        key: it.__class__("31", it.code_sha256) for key, it in staged.functions.items()
    })  # fmt: skip
    refuse_unless_passed(here, [staged])


def test_production_takes_the_code_that_passed_in_staging_under_another_number() -> None:
    refuse_unless_passed(with_history(9, "recorded"), [with_history(7, "recorded", "promoted")])


def releases(live: int, previous: int | None) -> tuple[Release, Release | None]:
    before = None if previous is None else Release(previous, {"a": str(previous)})
    return Release(live, {"a": str(live)}), before


@given(st.data())
def test_what_is_pruned_is_needed_by_nobody(data: st.DataObject) -> None:
    """Build n has version n."""
    newest = data.draw(st.integers(min_value=1, max_value=30))
    live = data.draw(st.integers(min_value=1, max_value=newest))
    previous = data.draw(st.none() | st.integers(min_value=1, max_value=newest))
    builds = [build(n, {"a": str(n)}, {}) for n in range(1, newest + 1)]
    published = [str(n) for n in range(1, newest + 1)]
    gone = {int(it) for it in prunable("a", published, *releases(live, previous), builds)}
    assert gone == set(range(1, live - KEPT_BUILDS)) - {previous}


def test_versions_that_no_build_has_go_unless_they_are_newer_than_the_live_one() -> None:
    builds = [build(1, {"a": "2"}, {}), build(2, {"a": "4"}, {})]
    live, previous = Release(2, {"a": "4"}), Release(1, {"a": "2"})
    assert prunable("a", ["1", "2", "3", "4", "5"], live, previous, builds) == ["1", "3"]


def test_nothing_of_a_function_that_is_not_in_the_live_release_is_pruned() -> None:
    assert prunable("b", ["1", "2"], Release(2, {"a": "4"}), None, []) == []
