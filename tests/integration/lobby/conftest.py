"""The lobby's tables and queues on moto, made as the service's own template says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.integration.lobby import calls
from tests.integration.lobby.deployed import CREDENTIALS, Deployed


@pytest.fixture
def lobby(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployed]:
    """A lobby in this process, its room in memory."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        deployed = Deployed()
        for module in calls.HANDLERS:
            monkeypatch.setattr(module, "container", lambda: deployed.container)
        yield deployed
