from __future__ import annotations

import pytest

from tests.fakes.releases import CHAIN, FakeStage


@pytest.fixture
def stage() -> FakeStage:
    """Build 1 is live, build 2 is deployed."""
    return FakeStage(CHAIN)
