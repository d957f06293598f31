"""`calcutta release`, typed in, on real versions and aliases."""

from __future__ import annotations

import json
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.integration.release.toy_stage import (
    FIND_MEMBER_KEY,
    KEYS,
    PLACE_BID_KEY,
    ToyStage,
    wait_for,
)

AT_ONCE = ("--steps", "100", "--wait", "0")


@pytest.fixture
def half_way(stage: ToyStage) -> Iterator[subprocess.Popen[str]]:
    """A process that promotes build 2, and watches its first step for long."""
    process = stage.started("promote", "--build", "2", "--steps", "50,100", "--wait", "600")
    wait_for(lambda: stage.shares() and stage.shares(FIND_MEMBER_KEY))
    yield process
    process.kill()
    process.communicate()


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_deploy_leaves_live_where_it_is(stage: ToyStage) -> None:
    assert stage.bid() == {"place_bid": 1, "find_member": 1}
    assert json.loads(stage.release("list", "--json"))["live"] == 1


def test_a_promotion_moves_live_and_a_rollback_puts_it_back(stage: ToyStage) -> None:
    stage.release("promote", "--build", "2", "--steps", "10,50,100", "--wait", "0")
    assert stage.bid() == {"place_bid": 2, "find_member": 2}
    said = stage.release("rollback")
    assert "build 1 is live, 3 aliases moved in" in said
    assert stage.bid() == {"place_bid": 1, "find_member": 1}


def test_a_rollback_is_safe_to_repeat(stage: ToyStage) -> None:
    stage.release("promote", "--build", "2", *AT_ONCE)
    stage.release("rollback")
    before = stage.versions()
    assert "build 2 was rolled back already: build 1 is live" in stage.release("rollback")
    assert stage.versions() == before


def test_the_ledger_knows_who_calls_whom(stage: ToyStage) -> None:
    shown = json.loads(stage.release("show", "--build", "2", "--json"))
    calls = {key: it["calls"] for key, it in shown["functions"].items()}
    assert calls == {
        "canary/CheckAuction": [PLACE_BID_KEY],
        PLACE_BID_KEY: [FIND_MEMBER_KEY],
        FIND_MEMBER_KEY: [],
    }


def test_each_step_divides_the_calls(stage: ToyStage, half_way: subprocess.Popen[str]) -> None:
    assert stage.shares() == {"2": 0.5}
    seen = Counter(stage.bid()["place_bid"] for _ in range(40))
    assert set(seen) == {1, 2}


def test_ctrl_c_puts_everything_back_and_lets_the_lock_go(
    stage: ToyStage, half_way: subprocess.Popen[str]
) -> None:
    half_way.send_signal(signal.SIGINT)
    _, err = half_way.communicate(timeout=60)
    assert half_way.returncode == 1
    assert err == (
        "calcutta: the promotion of build 2 failed at 50 %: it was interrupted; "
        "every alias is back at build 1\n"
    )
    assert stage.versions() == dict.fromkeys(KEYS, "1")
    stage.release("promote", "--build", "2", *AT_ONCE)


def test_a_second_promotion_is_told_who_has_the_lock(
    stage: ToyStage, half_way: subprocess.Popen[str]
) -> None:
    assert f"process {half_way.pid}) is promoting build 2; wait" in stage.refused(
        "promote", "--build", "2"
    )
    assert "s until its lock runs out" in stage.refused("rollback")
    assert stage.shares() == {"2": 0.5}


def test_the_list_says_what_is_live_and_what_is_under_way(
    stage: ToyStage, half_way: subprocess.Popen[str]
) -> None:
    said = stage.release("list")
    assert "at 50 %, promoting build 2: arn:aws:" in said
    killed(half_way)
    stage.let_locks_run_out()
    assert "interrupted at 50 %, promoting build 2 (by arn:aws:" in stage.release("list")
    stage.release("promote", "--build", "2", "--wait", "0")
    one, two = json.loads(stage.release("list", "--json"))["builds"]
    assert (one["build"], one["passed"], two["build"], two["passed"]) == (1, False, 2, True)
    assert "2 builds, live: 2" in stage.release("list")


def test_a_promotion_that_was_killed_is_resumed_where_it_was(
    stage: ToyStage, half_way: subprocess.Popen[str]
) -> None:
    killed(half_way)
    stage.let_locks_run_out()
    said = stage.release("promote", "--build", "2", "--wait", "0")
    assert "going on at 50 %, where it was interrupted" in said
    assert stage.versions() == dict.fromkeys(KEYS, "2")


def test_a_promotion_that_was_killed_is_rolled_back(
    stage: ToyStage, half_way: subprocess.Popen[str]
) -> None:
    killed(half_way)
    stage.let_locks_run_out()
    stage.release("rollback")
    assert stage.versions() == dict.fromkeys(KEYS, "1")


def test_a_build_that_breaks_bids_is_put_back(stage: ToyStage) -> None:
    stage.deploy(broken=True)
    stage.record(3)
    error = stage.refused("promote", "--build", "3", "--wait", "0")
    assert "the canary failed at bid: no answer in 5 s; every alias is back at build 1" in error
    assert stage.versions() == dict.fromkeys(KEYS, "1")


def test_an_alarm_that_begins_to_ring_puts_everything_back(
    stage: ToyStage,
) -> None:
    cloudwatch = stage.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="calcutta-local-errors", MetricName="E", Namespace="T", Statistic="Sum",
        Period=60, EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip
    process = stage.started("promote", "--build", "2", "--steps", "50,100", "--wait", "12")
    wait_for(stage.shares)
    cloudwatch.set_alarm_state(
        AlarmName="calcutta-local-errors", StateValue="ALARM", StateReason="test"
    )
    _, err = process.communicate(timeout=60)
    assert "alarms ring: calcutta-local-errors; every alias is back at build 1" in err
    assert stage.versions() == dict.fromkeys(KEYS, "1")


def test_versions_that_nobody_needs_are_deleted_after_a_promotion(stage: ToyStage) -> None:
    for build in range(3, 10):
        stage.deploy()
        stage.record(build)
    stage.release("promote", "--build", "9", *AT_ONCE)
    # 1 was live before, 4 to 8 are the five builds before 9
    assert stage.aliases.published(PLACE_BID_KEY) == ["1", "4", "5", "6", "7", "8", "9"]
    stage.release("rollback")
    assert stage.bid() == {"place_bid": 1, "find_member": 1}
