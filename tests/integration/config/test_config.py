"""`calcutta config` on the tables of two stages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from calcutta.config.store import SettingsStore
from calcutta.config.values import DEFAULTS, RANGES
from calcutta.main import app
from calcutta.problems import Problem
from calcutta.stages import Stage
from shared.settings import CachedSettings, Settings
from tests.fakes.clock import Clock
from tests.fakes.settings_tables import stored_settings

WHO = "arn:aws:sts::123456789012:user/moto"


def run(stages: dict[str, Stage], *arguments: str) -> Any:
    return CliRunner().invoke(app, ["config", *arguments], obj=stages.__getitem__)


def said(stages: dict[str, Stage], *arguments: str) -> Any:
    done = run(stages, *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(stages: dict[str, Stage], *arguments: str) -> str:
    done = run(stages, *arguments)
    assert done.exit_code == 1, done.output
    (line,) = done.stderr.splitlines()
    return str(line)


def put(stage: Stage, item: dict[str, Any]) -> None:
    """Write a row by other means."""
    stage.client("dynamodb").put_item(TableName=f"{stage.name}-settings", Item=item)


def lambdas_settings(stage: Stage) -> Settings:
    """What a new Lambda of the stage has in force."""
    source = stored_settings(f"{stage.name}-settings", f"{stage.name}-history")
    return CachedSettings(source, Clock(), lambda *_: None, pytest.fail).current()


def test_a_setting_that_is_set_is_in_force_in_that_stage_only(stages: dict[str, Stage]) -> None:
    run(stages, "set", "clock_ms", "30s", "--stage", "alice")
    assert said(stages, "get", "clock_ms", "--stage", "alice")["value"] == 30_000
    assert lambdas_settings(stages["alice"]).clock_ms == 30_000
    assert lambdas_settings(stages["prod"]).clock_ms == DEFAULTS["clock_ms"]


def test_a_setting_that_is_unset_has_its_default_again(stages: dict[str, Stage]) -> None:
    run(stages, "set", "clock_ms", "30s", "--stage", "alice")
    run(stages, "unset", "clock_ms", "--stage", "alice")
    assert lambdas_settings(stages["alice"]) == Settings()


def test_every_change_is_recorded_with_who_when_and_what(stages: dict[str, Stage]) -> None:
    run(stages, "set", "clock_ms", "30s", "--stage", "alice")
    run(stages, "set", "fan_out_above", "300", "--stage", "alice")
    run(stages, "unset", "clock_ms", "--stage", "alice")
    changes = said(stages, "history", "clock_ms", "--stage", "alice")["changes"]
    assert [(it["version"], it["value"], it["by"]) for it in changes] == [
        (2, None, WHO),
        (1, 30_000, WHO),
    ]
    assert all(it["at_ms"] > 1_700_000_000_000 for it in changes)
    assert len(said(stages, "history", "--stage", "alice")["changes"]) == 3


def test_a_list_says_value_default_range_who_and_when(stages: dict[str, Stage]) -> None:
    run(stages, "set", "clock_ms", "30s", "--stage", "alice")
    listed = {it["name"]: it for it in said(stages, "list", "--stage", "alice")["settings"]}
    assert set(listed) == set(Settings.__struct_fields__)
    clock = listed["clock_ms"]
    assert (clock["value"], clock["default"], clock["low"], clock["high"]) == (
        30_000,
        15_000,
        1_000,
        600_000,
    )
    assert (clock["set"], clock["version"], clock["by"]) == (True, 1, WHO)
    assert not listed["extension_ms"]["set"]
    shown = run(stages, "list", "--stage", "alice").stdout
    assert "30s" in shown
    assert "user/moto" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "clock_ms", "100"),
        ("set", "clock_ms", "-1"),
        ("set", "clock_msec", "30s"),
        ("set", "db_password", "1"),
        ("set", "clock_ms", "AKIAIOSFODNN7EXAMPLE"),
        ("unset", "clock_ms"),
        ("unset", "colour"),
    ],
)
def test_what_is_refused_is_refused_in_one_line_and_writes_nothing(
    arguments: tuple[str, ...], stages: dict[str, Stage]
) -> None:
    line = refused(stages, *arguments, "--stage", "alice")
    assert line.startswith("calcutta: ")
    store = SettingsStore(stages["alice"])
    assert store.rows() == {}
    assert store.history() == []


def test_a_name_that_is_no_setting_can_be_removed(stages: dict[str, Stage]) -> None:
    put(stages["alice"], {"name": {"S": "colour"}, "value": {"S": "1"}})
    line = run(stages, "unset", "colour", "--stage", "alice").stdout
    store = SettingsStore(stages["alice"])
    assert "colour: removed" in line
    assert store.rows() == {}
    assert [(it.name, it.value) for it in store.history()] == [("colour", None)]


def test_a_bad_value_in_the_table_is_shown_as_bad(stages: dict[str, Stage]) -> None:
    put(stages["alice"], {"name": {"S": "clock_ms"}, "value": {"S": "{soon"}})
    put(stages["alice"], {"name": {"S": "colour"}, "value": {"S": '"red"'}})
    listed = said(stages, "list", "--stage", "alice")
    assert [it["name"] for it in listed["settings"] if it["bad"]] == ["clock_ms"]
    assert listed["unknown"] == ["colour"]
    assert "config set clock_ms" in refused(stages, "get", "clock_ms", "--stage", "alice")
    run(stages, "set", "clock_ms", "20s", "--stage", "alice")
    assert said(stages, "get", "clock_ms", "--stage", "alice")["value"] == 20_000


def test_diff_says_where_two_stages_differ(stages: dict[str, Stage]) -> None:
    run(stages, "set", "clock_ms", "30s", "--stage", "alice")
    run(stages, "set", "fan_out_above", "300", "--stage", "alice")
    run(stages, "set", "fan_out_above", "300", "--stage", "prod")
    run(stages, "set", "extension_ms", "10000", "--stage", "prod")  # the default
    differences = said(stages, "diff", "--stage", "alice", "--with", "prod")["differences"]
    assert differences == [{"name": "clock_ms", "alice": 30_000, "prod": 15_000}]


class Interrupted:
    """DynamoDB, where somebody else is first just before each of the first transactions."""

    def __init__(self, client: Any, rival: Any, times: int) -> None:
        self._client = client
        self._rival = rival
        self._left = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, **request: Any) -> Any:
        if self._left:
            self._left -= 1
            self._rival()
        return self._client.transact_write_items(**request)


def interrupted(stage: Stage, times: int) -> SettingsStore:
    rival = SettingsStore(stage)
    client = Interrupted(
        stage.client("dynamodb"),
        lambda: rival.change("clock_ms", 20_000, by="rival", at_ms=1),
        times,
    )
    clients = {"dynamodb": client}
    return SettingsStore(
        Stage(stage.name, lambda service: clients.get(service) or stage.client(service))
    )


def test_of_two_who_set_it_at_once_both_are_recorded_and_the_later_holds(stage: Stage) -> None:
    change = interrupted(stage, 2).change("clock_ms", 30_000, by="me", at_ms=2)
    assert change.version == 3
    assert [(it.version, it.by) for it in SettingsStore(stage).history("clock_ms")] == [
        (3, "me"),
        (2, "rival"),
        (1, "rival"),
    ]
    assert lambdas_settings(stage).clock_ms == 30_000


def test_who_never_gets_through_is_told_and_has_written_nothing(stage: Stage) -> None:
    with pytest.raises(Problem, match="config history clock_ms"):
        interrupted(stage, 1_000).change("clock_ms", 30_000, by="me", at_ms=2)
    assert {it.by for it in SettingsStore(stage).history("clock_ms")} == {"rival"}
    assert lambdas_settings(stage).clock_ms == 20_000


names = st.sampled_from(sorted(RANGES))


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(st.tuples(names, st.none() | st.integers(0, 10)), max_size=8))
def test_the_table_is_always_what_its_history_ends_with(
    changes: list[tuple[str, int | None]], stage: Stage
) -> None:
    store = SettingsStore(stage)
    for name, above in changes:
        store.change(name, None if above is None else RANGES[name].low + above, by="me", at_ms=0)
    ends = {it.name: it for it in sorted(store.history(), key=lambda it: it.version)}
    holds = {name: it.value for name, it in ends.items() if it.value is not None}
    assert store.values() == holds
    for name, row in store.rows().items():
        assert (row.version, row.by) == (ends[name].version, ends[name].by)
