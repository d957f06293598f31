"""Clients that enter the server that plays along."""

from __future__ import annotations

from shared.client import AuctionClient, Backoff, Options, Patience, connect
from tests.integration.client.fake_server import FakeServer

QUICK = Options(backoff=Backoff(0.001, 0.01), answer_s=30)
RESTLESS = Patience(quiet_s=0.02, quiet_while_clock_runs_s=0.02)
SOON = 10.0
"""Seconds after which a condition that is not met fails the test."""


async def entered(server: FakeServer, options: Options = QUICK) -> AuctionClient:
    return await connect(server.endpoint(), timeout_s=SOON, options=options)
