from __future__ import annotations

import pytest

from calcutta.problems import Problem
from calcutta.release.logic.records import Release
from calcutta.release.logic.routing import Routing
from tests.fakes.releases import FakeStage

CALLS = {"web/Page": ("bids/Place",), "bids/Place": ()}


@pytest.fixture
def stage() -> FakeStage:
    """Build 2 is live, build 1 was before it."""
    stage = FakeStage(CALLS)
    stage.promote(1)
    stage.promote(2)
    return stage


def test_rollback_puts_back_the_previous_release_callers_first(stage: FakeStage) -> None:
    seen: list[list[str]] = []
    stage.aliases.on_move = lambda: seen.append(
        [key for key, it in stage.aliases.versions().items() if it.version == "1"]
    )
    done = stage.roll_back()
    assert seen == [["web/Page"], ["web/Page", "bids/Place"]]
    assert (done.live, done.undone, done.moved) == (1, 2, 2)
    assert stage.ledger.current.live == Release(1, stage.one.versions)


def test_a_second_rollback_changes_nothing(stage: FakeStage) -> None:
    stage.roll_back()
    again = stage.roll_back()
    assert (again.live, again.moved) == (1, 0)
    assert "build 2 was rolled back already: build 1 is live" in stage.said[-1]


def test_a_rollback_after_a_failed_promotion_does_not_take_the_good_release_away(
    stage: FakeStage,
) -> None:
    stage.checks.says = lambda run: "no bid"
    with pytest.raises(Problem):
        stage.promote(1)
    stage.roll_back()
    assert stage.ledger.current.live == Release(2, stage.two.versions)
    assert stage.aliases.versions() == stage.at_build_2


def test_a_build_that_was_rolled_back_did_not_pass(stage: FakeStage) -> None:
    assert stage.ledger.all[2].passed
    stage.roll_back()
    assert not stage.ledger.all[2].passed


def test_a_build_that_was_rolled_back_can_be_promoted_again(stage: FakeStage) -> None:
    stage.roll_back()
    stage.promote(2)
    assert stage.aliases.versions() == stage.at_build_2


def test_there_is_nothing_to_roll_back_before_the_first_promotion() -> None:
    with pytest.raises(Problem, match="nothing was ever promoted in stage alpha"):
        FakeStage(CALLS).roll_back()


def test_a_rollback_over_an_alias_moved_by_hand_is_refused_whole(stage: FakeStage) -> None:
    stage.aliases.set_by_hand("bids/Place", "9")
    before = stage.aliases.versions()
    with pytest.raises(
        Problem, match=r"bids/Place is at version 9.*rollback --stage alpha --adopt"
    ):
        stage.roll_back()
    assert stage.aliases.versions() == before
    stage.roll_back(adopt=True)
    assert stage.aliases.versions() == stage.at_start


def test_a_version_that_is_gone_is_noticed_before_anything_moves(stage: FakeStage) -> None:
    del stage.aliases.codes_of["web/Page", "1"]
    with pytest.raises(Problem, match=r"no longer there \(web/Page version 1\)"):
        stage.roll_back()
    assert stage.aliases.versions() == stage.at_build_2


def test_a_function_that_was_removed_since_does_not_hold_the_others_up(stage: FakeStage) -> None:
    del stage.aliases.now["web/Page"]
    stage.roll_back()
    assert stage.aliases.versions() == {"bids/Place": Routing("1")}
