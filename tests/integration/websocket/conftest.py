"""The live auction's tables on moto, and a bird's view of every call to AWS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import botocore.client
import pytest
from moto import mock_aws

from websocket_service.adapters import tables

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS in this process."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for model in tables.MODELS.values():
        monkeypatch.setattr(model, "_connection", None)
    with mock_aws():
        for model in tables.MODELS.values():
            model.create_table(billing_mode="PAY_PER_REQUEST")
        yield


@pytest.fixture
def calls(aws: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of every AWS operation called from now on."""
    made: list[str] = []
    real = botocore.client.BaseClient._make_api_call

    def record(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        made.append(operation)
        return real(self, operation, arguments)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", record)
    return made
