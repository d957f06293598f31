from __future__ import annotations

from collections.abc import Iterator

import pytest

from local.emulator import running_emulator
from tests.integration.release.toy_stage import ToyStage


@pytest.fixture
def stage() -> Iterator[ToyStage]:
    """Builds 1 (live) and 2, deployed and recorded."""
    with running_emulator(auth=True) as emulator:
        stage = ToyStage(emulator)
        for build in (1, 2):
            stage.deploy()
            stage.record(build)
        yield stage
