"""A setting on its way from the operator to Lambdas that run, and one that is bad."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from shared.commands import SendChat
from shared.replies import ChatSent, RefusedReply
from shared.settings import CACHE_MS
from tests.e2e.system import BIDDER, System

ALARM = "calcutta-local-bad-setting"
LONG = "x" * 200
PATIENCE_S = CACHE_MS / 1_000 + 15
"""A running Lambda follows within the cache's time; the rest is the emulator's."""


@contextmanager
def setting(system: System, name: str, value: str) -> Iterator[None]:
    """A setting that is unset again after the block."""
    system.calcutta("config", "set", name, value)
    try:
        yield
    finally:
        system.calcutta("config", "unset", name)


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` sees once it is true."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        assert time.monotonic() < give_up_at, "it did not happen in time"
        time.sleep(0.2)
    return seen


def changes_of(system: System, name: str) -> list[dict[str, Any]]:
    said = system.calcutta("config", "history", name, "--json").stdout
    found: list[dict[str, Any]] = json.loads(said)["changes"]
    return found


def alarm_state(name: str) -> str:
    (alarm,) = boto3.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return str(alarm["StateValue"])


async def test_a_change_reaches_running_lambdas_without_a_deploy(
    system: System, auction_id: str
) -> None:
    async with await system.enter(auction_id, BIDDER) as bidder:
        assert isinstance(await bidder.send(SendChat, text=LONG), ChatSent)
        with setting(system, "chat_max_chars", "100"):
            give_up_at = time.monotonic() + PATIENCE_S
            while isinstance(answer := await bidder.send(SendChat, text=LONG), ChatSent):
                assert time.monotonic() < give_up_at, "the change did not arrive in time"
            assert isinstance(answer, RefusedReply)
            assert answer.code == "invalid_message"


def test_of_two_operators_at_once_both_are_recorded(system: System) -> None:
    before = len(changes_of(system, "extension_ms"))
    values = [str(value) for value in range(5_000, 5_004)]
    command = [sys.executable, "-m", "calcutta", "config", "set", "extension_ms"]
    operators = [subprocess.Popen([*command, value], stdout=subprocess.PIPE) for value in values]
    for operator in operators:
        operator.communicate()
        assert operator.returncode == 0
    changes = changes_of(system, "extension_ms")[: -before or None]
    assert sorted(str(it["value"]) for it in changes) == values
    assert [it["version"] for it in changes] == list(range(before + 4, before, -1))
    latest = json.loads(system.calcutta("config", "get", "extension_ms", "--json").stdout)
    assert latest["value"] == max(changes, key=lambda it: it["version"])["value"]
    system.calcutta("config", "unset", "extension_ms")


async def test_a_bad_value_is_logged_rings_the_alarm_and_is_ignored(
    system: System, auction_id: str
) -> None:
    """The emulator does not count log lines as CloudWatch does: the test hands one over."""
    async with await system.enter(auction_id, BIDDER) as bidder:
        with setting(system, "chat_max_chars", "100"):
            system.set("chat_max_chars", "soon")
            give_up_at = time.monotonic() + PATIENCE_S
            while not (counted := bad_setting_counted(system)):
                assert time.monotonic() < give_up_at, "nobody noticed"
                answer = await bidder.send(SendChat, text=LONG)
            assert isinstance(answer, RefusedReply), "the last good value was 100"
    try:
        hand_over(counted)
        wait_for(lambda: alarm_state(ALARM) == "ALARM")
    finally:
        boto3.client("cloudwatch").set_alarm_state(
            AlarmName=ALARM, StateValue="OK", StateReason="the test is over"
        )


def bad_setting_counted(system: System) -> dict[str, Any] | None:
    """The line by which CloudWatch would count the bad setting, beside the one for people."""
    lines = [it for it in system.log_lines("sendChat") if it.get("setting") == "chat_max_chars"]
    said = [it for it in lines if it.get("message") == "bad setting ignored"]
    counted = [it for it in lines if "BadSetting" in it]
    return counted[-1] if said and counted else None


def hand_over(line: dict[str, Any]) -> None:
    [directive] = line["_aws"]["CloudWatchMetrics"]
    [metric] = directive["Metrics"]
    [dimensions] = directive["Dimensions"]
    datum = {
        "MetricName": metric["Name"],
        "Unit": metric["Unit"],
        "Value": line[metric["Name"]],
        "Dimensions": [{"Name": it, "Value": line[it]} for it in dimensions],
    }
    boto3.client("cloudwatch").put_metric_data(Namespace=directive["Namespace"], MetricData=[datum])
