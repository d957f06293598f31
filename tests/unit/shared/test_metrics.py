import json
import subprocess
import sys
from typing import Any

import pytest

from shared.metrics import emit

HEAVY = {"aws_xray_sdk", "boto3", "botocore", "msgspec", "pynamodb"}


def emitted(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_metric_is_one_line_in_the_embedded_format(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGE", "alice")
    emit({"Posts": 3, "ConnectionsGone": 1}, auction_id="a-1")
    line = emitted(capsys)
    [directive] = line["_aws"]["CloudWatchMetrics"]
    assert directive == {
        "Namespace": "Calcutta",
        "Dimensions": [["Stage"]],
        "Metrics": [
            {"Name": "Posts", "Unit": "Count"},
            {"Name": "ConnectionsGone", "Unit": "Count"},
        ],
    }
    assert line["_aws"]["Timestamp"] > 1_700_000_000_000
    assert (line["Stage"], line["Posts"], line["ConnectionsGone"]) == ("alice", 3, 1)


def test_properties_are_in_the_line_and_no_dimensions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    emit({"DecisionMs": 1.5}, "Milliseconds", auction_id="a-1", code="bid_too_low")
    line = emitted(capsys)
    assert (line["auction_id"], line["code"]) == ("a-1", "bid_too_low")
    assert line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["Stage"]]
    assert line["_aws"]["CloudWatchMetrics"][0]["Metrics"][0]["Unit"] == "Milliseconds"


def test_a_property_cannot_take_the_place_of_a_metric(
    capsys: pytest.CaptureFixture[str],
) -> None:
    emit({"Posts": 3}, Posts="many")
    assert emitted(capsys)["Posts"] == 3


def test_metrics_bring_no_heavy_module_with_them() -> None:
    code = "import sys, shared.metrics; print(*{it.split('.')[0] for it in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert HEAVY & set(loaded.stdout.split()) == set()
