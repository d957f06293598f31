"""Two stages on moto, each with the tables of its settings."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from calcutta.stages import Stage
from tests.fakes.aws_door import emulated_aws
from tests.fakes.settings_tables import make_settings_tables
from tests.unit.cli.fakes import FakeStacks

STAGES = ("alice", "prod")


@pytest.fixture
def stages() -> Iterator[dict[str, Stage]]:
    with emulated_aws():
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
