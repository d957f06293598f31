"""The live auction's tables on moto, and a bird's view of every call to AWS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.aws_door import Door, emulated_aws
from websocket_service.adapters import tables


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """An empty AWS, but for the tables."""
    for model in tables.MODELS.values():
        monkeypatch.setattr(model, "_connection", None)
    with emulated_aws() as door:
        for model in tables.MODELS.values():
            model.create_table(billing_mode="PAY_PER_REQUEST")
        yield door


@pytest.fixture
def calls(aws: Door) -> list[str]:
    """The name of every AWS operation called from now on."""
    aws.calls.clear()
    return aws.calls
