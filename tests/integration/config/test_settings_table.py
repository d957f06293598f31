"""What Lambdas read of the tables, whatever is in them."""

from __future__ import annotations

from typing import Any

import pytest

from calcutta.config.store import SettingsStore
from calcutta.stages import Stage
from shared.settings import CACHE_MS, CachedSettings, Settings, SettingsUnavailable, Unreadable
from shared.settings_table import StoredSettings
from tests.fakes.clock import Clock
from tests.fakes.settings_tables import stored_settings


@pytest.fixture
def source(stage: Stage) -> StoredSettings:
    return stored_settings("alice-settings", "alice-history")


def put(stage: Stage, **attributes: dict[str, str]) -> None:
    stage.client("dynamodb").put_item(
        TableName="alice-settings", Item={"name": {"S": "clock_ms"}, **attributes}
    )


BAD: list[dict[str, Any]] = [
    {},
    {"value": {"N": "20000"}},
    {"value": {"S": ""}},
    {"value": {"S": "{soon"}},
    {"value": {"S": "[" * 5_000}},
    {"value": {"S": "9" * 5_000}},
    {"value": {"S": "20000.5"}},
    {"value": {"S": "null"}},
    {"value": {"S": "-1"}},
    {"value": {"NULL": True}},
    {"value": {"M": {}}},
]


@pytest.mark.parametrize("attributes", BAD, ids=lambda it: str(it)[:40])
def test_a_bad_row_is_told_and_spoils_neither_itself_nor_the_others(
    attributes: dict[str, Any], stage: Stage, source: StoredSettings
) -> None:
    store = SettingsStore(stage)
    store.change("clock_ms", 40_000, by="me", at_ms=1)
    store.change("extension_ms", 5_000, by="me", at_ms=1)
    told: list[str] = []
    clock = Clock()
    warm = CachedSettings(source, clock, lambda name, _: told.append(name), pytest.fail)
    assert warm.current().clock_ms == 40_000
    put(stage, **attributes)
    clock.advance(CACHE_MS)
    cold = CachedSettings(source, clock, lambda name, _: told.append(name), pytest.fail)
    for container in (warm, cold):
        found = container.current()
        assert (found.clock_ms, found.extension_ms) == (40_000, 5_000)
    assert told == ["clock_ms", "clock_ms"]


def test_a_bad_value_after_an_unset_leaves_the_default(
    stage: Stage, source: StoredSettings
) -> None:
    store = SettingsStore(stage)
    store.change("clock_ms", 40_000, by="me", at_ms=1)
    store.change("clock_ms", None, by="me", at_ms=2)
    put(stage, value={"S": "-1"})
    found = CachedSettings(source, Clock(), lambda *_: None, pytest.fail).current()
    assert found == Settings()


def test_of_earlier_values_the_newest_comes_first(stage: Stage, source: StoredSettings) -> None:
    store = SettingsStore(stage)
    for value in (20_000, None, 30_000, 40_000):
        store.change("clock_ms", value, by="me", at_ms=1)
    assert source.earlier("clock_ms") == [40_000, 30_000]
    assert source.earlier("extension_ms") == []


def test_a_row_that_is_no_json_is_marked_and_does_not_fail_the_reading(
    stage: Stage, source: StoredSettings
) -> None:
    put(stage, value={"S": "{soon"})
    assert isinstance(source.stored()["clock_ms"], Unreadable)


@pytest.mark.usefixtures("stage")
def test_a_table_that_is_gone_is_unavailable() -> None:
    gone = stored_settings("gone", "gone")
    with pytest.raises(SettingsUnavailable, match="ResourceNotFoundException"):
        gone.stored()
    with pytest.raises(SettingsUnavailable, match="ResourceNotFoundException"):
        gone.earlier("clock_ms")


@pytest.mark.usefixtures("stage")
def test_a_service_that_is_not_there_is_unavailable(
    unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(SettingsUnavailable, match="ConnectionLost"):
        stored_settings("table", "history").stored()
