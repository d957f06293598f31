"""What the template says of a function on a stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).parents[3] / "services/websocket/serverless.yml"


class _Tolerant(yaml.SafeLoader):
    """Takes CloudFormation's short functions for what stands behind them."""


_Tolerant.add_multi_constructor("!", lambda loader, tag, node: f"{tag} {node.value}")


def stream_of(function: str) -> dict[str, Any]:
    """The `stream` event of a function."""
    template = yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader=_Tolerant)
    [event] = template["functions"][function]["events"]
    found: dict[str, Any] = event["stream"]
    return found
