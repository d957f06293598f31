from __future__ import annotations

import pytest

from tests.fakes.site import MemorySite
from tests.unit.canary.looking import look


@pytest.fixture
async def site() -> MemorySite:
    """A stage that was checked once: the auction is open, its lot is up with a bid of a cent."""
    site = MemorySite()
    assert (await look(site)).passed
    return site
