from __future__ import annotations

import pytest

from calcutta.problems import Problem
from calcutta.release.logic.records import Build, Release, StageState
from calcutta.release.logic.routing import Alias, Routing
from tests.fakes.releases import CHAIN, FakeStage, Killed, fail


def kill_in_canary(stage: FakeStage, run: int) -> None:
    def says(at: int) -> None:
        if at == run:
            stage.trouble.kill()

    stage.checks.says = says
    with pytest.raises(Killed):
        stage.promote()
    stage.checks.says = lambda run: None
    stage.trouble.dead = False


def test_a_promotion_ends_with_every_alias_at_the_build(stage: FakeStage) -> None:
    promoted = stage.promote(steps=(10, 50, 100))
    assert [step.percent for step in promoted.steps] == [10, 50, 100]
    assert stage.aliases.versions() == stage.at_build_2
    assert stage.ledger.current.live == Release(2, stage.two.versions)
    assert stage.ledger.all[2].passed


def test_a_step_sends_its_share_of_the_calls_to_the_new_version(stage: FakeStage) -> None:
    seen: list[dict[str, Routing]] = []
    stage.checks.says = lambda run: seen.append(stage.aliases.versions())
    stage.promote(steps=(10, 100))
    assert seen[0] == dict.fromkeys(CHAIN, Routing("1", {"2": 0.1}))


def test_callees_are_moved_before_their_callers(stage: FakeStage) -> None:
    seen: list[str] = []
    stage.aliases.on_move = lambda: seen.append(
        ",".join(sorted(key for key, it in stage.aliases.versions().items() if it.version == "2"))
    )
    stage.promote(steps=(100,))
    assert seen == ["sql/Find", "bids/Place,sql/Find", "bids/Place,sql/Find,web/Page"]


def test_a_failing_canary_puts_everything_back_and_says_why(stage: FakeStage) -> None:
    stage.checks.says = lambda run: "the canary failed at bid: no answer" if run == 3 else None
    with pytest.raises(Problem, match=r"build 2 failed at 50 %: .*at bid: no answer; every alias"):
        stage.promote()
    assert stage.aliases.versions() == stage.at_start
    assert stage.ledger.current.promotion is None
    assert not stage.ledger.all[2].passed


def test_an_alarm_during_the_wait_puts_everything_back(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = stage.checks.alarms.add
    monkeypatch.setattr(stage, "sleep", lambda seconds: ring("calcutta-alpha-errors"))
    with pytest.raises(Problem, match="alarms ring: calcutta-alpha-errors"):
        stage.promote(wait_s=60)
    assert stage.aliases.versions() == stage.at_start


def test_an_alarm_that_rang_before_does_not_stop_its_own_cure(stage: FakeStage) -> None:
    stage.checks.alarms.add("calcutta-alpha-errors")
    stage.promote()
    assert stage.aliases.versions() == stage.at_build_2


def test_each_step_is_watched_for_as_long_as_was_asked(stage: FakeStage) -> None:
    before = stage.now_ms
    stage.promote(steps=(50, 100), wait_s=60)
    assert stage.now_ms - before == 120_000


def test_the_lock_holds_while_it_waits(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep, refused = stage.sleep, []

    def others(seconds: float) -> None:
        sleep(seconds)
        with pytest.raises(Problem, match="us is promoting build 2") as caught:
            stage.promote(owner="others")
        refused.append(caught)

    monkeypatch.setattr(stage, "sleep", others)
    stage.promote(wait_s=600, steps=(100,))
    assert len(refused) > 12


def test_a_second_promotion_is_told_who_has_the_lock_and_until_when(stage: FakeStage) -> None:
    kill_in_canary(stage, 1)
    with pytest.raises(Problem, match=r"^us is promoting build 2; .* 120 s until its lock runs"):
        stage.promote(owner="others")
    with pytest.raises(Problem, match="us is promoting build 2"):
        stage.roll_back(owner="others")


def test_a_promotion_is_resumed_at_the_step_it_was_at(stage: FakeStage) -> None:
    kill_in_canary(stage, 6)
    stage.revive()
    promoted = stage.promote(steps=(20, 100))
    assert [step.percent for step in promoted.steps] == [100]


def test_another_build_waits_until_the_interrupted_one_is_finished(stage: FakeStage) -> None:
    kill_in_canary(stage, 1)
    stage.revive()
    with pytest.raises(Problem, match=r"interrupted at 50 %; .*--stage alpha --build 2.*rollback"):
        stage.promote(1)


def test_a_build_that_is_live_is_not_promoted_again(stage: FakeStage) -> None:
    stage.promote()
    runs = stage.checks.runs
    assert stage.promote().steps == ()
    assert stage.checks.runs == runs


def test_a_first_build_that_is_live_without_a_check_is_checked_where_it_is(
    stage: FakeStage,
) -> None:
    stage.ledger.current = StageState(live=Release(1, stage.one.versions))
    assert [step.moved for step in stage.promote(1).steps] == [0]
    assert stage.ledger.all[1].passed
    assert stage.ledger.current == StageState(live=Release(1, stage.one.versions))


def test_a_first_build_that_fails_its_check_stays_where_it_is_and_has_not_passed(
    stage: FakeStage,
) -> None:
    stage.ledger.current = StageState(live=Release(1, stage.one.versions))
    stage.checks.says = lambda run: "the canary failed at bid: no answer"
    with pytest.raises(Problem, match="the canary failed at bid"):
        stage.promote(1)
    assert not stage.ledger.all[1].passed
    assert stage.ledger.current.live == Release(1, stage.one.versions)
    assert stage.aliases.versions() == stage.at_start


def test_a_build_without_a_new_version_is_checked_once(stage: FakeStage) -> None:
    same = FakeStage(CHAIN, unchanged=CHAIN)
    promoted = same.promote(steps=(10, 50, 100))
    assert [(step.percent, step.moved) for step in promoted.steps] == [(100, 0)]


def test_a_build_nobody_recorded_is_refused_with_what_to_do(stage: FakeStage) -> None:
    with pytest.raises(Problem, match=r"build 7 .*release record --stage alpha --build 7"):
        stage.promote(7)


def test_a_refused_promotion_moves_nothing(stage: FakeStage) -> None:
    def refuse(build: Build) -> None:
        raise Problem("not in staging")

    with pytest.raises(Problem, match="not in staging"):
        stage.promote(allowed=refuse)
    assert stage.aliases.versions() == stage.at_start
    assert stage.ledger.current.promotion is None


def test_a_forced_promotion_keeps_its_reason(stage: FakeStage) -> None:
    stage.promote(reason="staging is down")
    assert stage.ledger.all[2].history[-1].note == "forced: staging is down"


def test_old_versions_are_deleted_after_a_promotion_but_not_what_rollback_needs(
    stage: FakeStage,
) -> None:
    stage.aliases.codes_of["sql/Find", "0"] = "code 0"
    assert stage.promote().pruned == 1
    assert set(stage.aliases.published("sql/Find")) == {"1", "2"}


def test_a_failure_to_delete_does_not_undo_the_promotion(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.aliases.codes_of["sql/Find", "0"] = "code 0"
    monkeypatch.setattr(stage.aliases, "delete", lambda key, version: fail())
    stage.promote()
    assert stage.ledger.all[2].passed
    assert "old versions were not all deleted: AWS refused" in stage.said[-1]


def test_a_failure_to_read_what_is_needed_still_does_not_undo_the_promotion(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.ledger, "builds", fail)
    stage.promote()
    assert stage.ledger.all[2].passed
    assert stage.aliases.versions() == stage.at_build_2


def test_a_defect_puts_everything_back_and_is_not_hidden(stage: FakeStage) -> None:
    def says(run: int) -> None:
        raise ZeroDivisionError

    stage.checks.says = says
    with pytest.raises(ZeroDivisionError):
        stage.promote()
    assert stage.aliases.versions() == stage.at_start


def test_what_cannot_be_put_back_is_named_with_what_to_do(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = stage.aliases.move

    def refuse(key: str, routing: Routing, revision_id: str) -> object:
        if key == "sql/Find" and routing == Routing("1"):
            fail()
        return move(key, routing, revision_id)

    monkeypatch.setattr(stage.aliases, "move", refuse)
    stage.checks.says = lambda run: "no bid"
    with pytest.raises(Problem, match=r"no bid; not everything is back .*rollback --stage alpha"):
        stage.promote()
    monkeypatch.undo()
    stage.roll_back()
    assert stage.aliases.versions() == stage.at_start


def test_a_move_that_was_sent_twice_since_its_answer_was_lost_is_no_conflict(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = stage.aliases.move

    def move_twice(key: str, routing: Routing, revision_id: str) -> Alias:
        move(key, routing, revision_id)
        return move(key, routing, revision_id)

    monkeypatch.setattr(stage.aliases, "move", move_twice)
    stage.promote()
    assert stage.aliases.versions() == stage.at_build_2


def test_a_state_that_was_written_twice_since_its_answer_was_lost_is_no_lost_lock(
    stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = stage.ledger.save

    def save_twice(state: StageState, revision: int) -> int:
        save(state, revision)
        return save(state, revision)

    monkeypatch.setattr(stage.ledger, "save", save_twice)
    stage.promote()
    assert stage.ledger.current.live == Release(2, stage.two.versions)
