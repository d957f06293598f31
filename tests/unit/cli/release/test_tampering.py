"""What a promotion says to what somebody did by hand."""

from __future__ import annotations

import pytest

from calcutta.problems import Problem
from calcutta.release.logic.routing import Routing
from tests.fakes.releases import FakeStage


@pytest.mark.parametrize("code", ["other code", None])
def test_code_that_is_not_as_recorded_stops_everything(stage: FakeStage, code: str | None) -> None:
    if code is None:
        del stage.aliases.codes_of["sql/Find", "2"]
    else:
        stage.aliases.codes_of["sql/Find", "2"] = code
    with pytest.raises(Problem, match=r"sql/Find version 2.*record it as a new build"):
        stage.promote()
    assert stage.aliases.versions() == stage.at_start


def test_a_function_that_was_removed_stops_everything(stage: FakeStage) -> None:
    del stage.aliases.now["sql/Find"]
    with pytest.raises(Problem, match=r"no longer deployed \(sql/Find\)"):
        stage.promote()


def test_an_alias_moved_by_hand_is_noticed_before_anything_moves(stage: FakeStage) -> None:
    stage.promote()
    stage.aliases.set_by_hand("sql/Find", "1")
    before = stage.aliases.versions()
    with pytest.raises(Problem, match=r"sql/Find is at version 1, .* says version 2; .*--adopt"):
        stage.promote(1)
    assert stage.aliases.versions() == before


def test_what_was_moved_by_hand_can_be_adopted(stage: FakeStage) -> None:
    stage.promote()
    stage.aliases.set_by_hand("sql/Find", "1")
    stage.promote(adopt=True)
    assert stage.aliases.versions() == stage.at_build_2
    stage.roll_back()
    assert stage.aliases.versions()["sql/Find"] == Routing("1")


def test_an_alias_moved_by_hand_during_the_last_check_fails_the_promotion(
    stage: FakeStage,
) -> None:
    def says(run: int) -> None:
        stage.aliases.set_by_hand("web/Page", "9")

    stage.checks.says = says
    with pytest.raises(Problem, match=r"somebody else moved web/Page, to version 9; not every"):
        stage.promote(steps=(100,))
    assert stage.aliases.versions() == stage.at_start | {"web/Page": Routing("9")}
