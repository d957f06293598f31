"""Who takes part in an auction of a test's own, whose first lot is up."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.client import AuctionClient
from tests.e2e.system import BIDDER, RIVAL, System


@pytest.fixture
async def commissioner(system: System, auction_id: str) -> AsyncIterator[AuctionClient]:
    """Has opened the auction."""
    async with await system.open(auction_id) as client:
        yield client


@pytest.fixture
async def bidder(
    system: System, auction_id: str, commissioner: AuctionClient
) -> AsyncIterator[AuctionClient]:
    """Member 1."""
    async with await system.enter(auction_id, BIDDER) as client:
        yield client


@pytest.fixture
async def rival(
    system: System, auction_id: str, commissioner: AuctionClient
) -> AsyncIterator[AuctionClient]:
    """Member 2."""
    async with await system.enter(auction_id, RIVAL) as client:
        yield client
