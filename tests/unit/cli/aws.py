"""An AWS in this process, and a stage in it."""

from __future__ import annotations

from typing import Any

import boto3

from calcutta.stages import Stage
from tests.unit.cli.fakes import SERVICES, FakeStacks


def client(service: str) -> Any:
    return boto3.client(
        service,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def stage_with(functions: Any, **outputs: dict[str, str]) -> Stage:
    """A stage with these stack outputs beside the usual ones, by service with `_` for `-`."""
    services = {
        name: usual | outputs.get(name.replace("-", "_"), {}) for name, usual in SERVICES.items()
    }
    ours = {"cloudformation": FakeStacks("local", services), "lambda": functions}
    return Stage("local", lambda service: ours.get(service) or client(service))
