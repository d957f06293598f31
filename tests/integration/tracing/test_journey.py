"""X-Ray across both hops: the call to another service, and the queue to SQL."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.tracing.journey import RANDOM


@pytest.fixture(scope="module")
def journey() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.tracing.journey"],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def segments(journey: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [it for it in journey["heard"] if it["name"] == name]


def traces(journey: dict[str, Any], name: str) -> set[str]:
    return {it["trace_id"].rpartition("-")[2] for it in segments(journey, name)}


def test_a_call_to_another_service_carries_the_trace(journey: dict[str, Any]) -> None:
    [header] = journey["called"]
    assert RANDOM["bid"] in header
    assert "Sampled=1" in header


def test_the_message_to_sql_carries_the_bids_trace_and_not_the_relays(
    journey: dict[str, Any],
) -> None:
    header = journey["message"]["attributes"]["AWSTraceHeader"]
    assert re.fullmatch(rf"Root=1-[0-9a-f]{{8}}-{RANDOM['bid']};Sampled=1", header)


@pytest.mark.parametrize("name", ["relay", "apply"])
def test_relay_and_apply_add_to_the_bids_trace(name: str, journey: dict[str, Any]) -> None:
    [segment] = segments(journey, name)
    assert f"Root={segment['trace_id']};" in journey["message"]["attributes"]["AWSTraceHeader"]
    assert segment["end_time"] >= segment["start_time"]
    assert segment["annotations"] == {
        "auction_id": "auction-1",
        "seq": 3,
        "type": "bid_placed",
        "request_id": "r-1",
    }


def test_calls_to_aws_are_recorded_in_the_trace_that_made_them(journey: dict[str, Any]) -> None:
    assert traces(journey, "dynamodb") == {RANDOM["bid"], RANDOM["relay"]}
    assert traces(journey, "sqs") == {RANDOM["relay"]}
