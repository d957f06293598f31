"""Metrics in CloudWatch's embedded metric format: one line of the log that CloudWatch counts.

Nothing is called, so a metric costs a Lambda the time to write it. Each name is charged ($0.30 a
month), so there are few, and `Stage` is the one dimension; what belongs to a single auction or
request is a property of the line, which can be searched and is not charged as a metric. Every name
is in `docs/runbook.md`.

The format: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/
CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping

from shared.clock import now_ms

NAMESPACE = "Calcutta"


def emit(metrics: Mapping[str, float], unit: str = "Count", **properties: object) -> None:
    """Count some metrics of this stage (`STAGE` in the environment), all of one unit.

    Args:
        metrics: name → value.
        unit: one of CloudWatch's: `Count`, `Milliseconds`, …
        properties: ids and codes to find the line by; never user text.
    """
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [["Stage"]],
        "Metrics": [{"Name": name, "Unit": unit} for name in metrics],
    }
    line = {
        "_aws": {"Timestamp": now_ms(), "CloudWatchMetrics": [directive]},
        "Stage": os.environ.get("STAGE", "local"),
        **properties,
        **metrics,
    }
    # Lambda freezes a container that has answered, with what is in its buffers.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
