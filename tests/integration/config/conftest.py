"""Two stages on moto, each with the tables of its settings."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from calcutta.stages import Stage
from tests.fakes.settings_tables import make_settings_tables
from tests.unit.cli.fakes import FakeStacks

STAGES = ("alice", "prod")


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Stage]]:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        for name in STAGES:
            make_settings_tables(f"{name}-settings", f"{name}-history")
        yield {name: _stage(name) for name in STAGES}


@pytest.fixture
def stage(stages: dict[str, Stage]) -> Stage:
    return stages["alice"]


def _stage(name: str) -> Stage:
    outputs = {
        "SettingsTableName": f"{name}-settings",
        "SettingsHistoryTableName": f"{name}-history",
    }
    clients = {
        "cloudformation": FakeStacks(name, {"config": outputs}),
        "dynamodb": boto3.client("dynamodb"),
        "sts": boto3.client("sts"),
    }
    return Stage(name, lambda service: clients[service])
