"""What the template says of a function on a stream."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SERVICES = Path(__file__).parents[3] / "services"


class _Tolerant(yaml.SafeLoader):
    """Takes CloudFormation's short functions for what stands behind them."""


_Tolerant.add_multi_constructor("!", lambda loader, tag, node: f"{tag} {node.value}")


def template_of(service: str, file: str = "serverless.yml") -> dict[str, Any]:
    """A service's template."""
    text = (SERVICES / service / file).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=_Tolerant)
    return found


def stream_of(function: str, service: str = "websocket") -> dict[str, Any]:
    """The `stream` event of a function."""
    template = template_of(service)
    [event] = template["functions"][function]["events"]
    found: dict[str, Any] = event["stream"]
    return found
