"""Several appliers at once, with the same messages in other orders."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from rds_bridge_service.adapters.ledger import SqlLedger
from shared.codec import encode
from shared.events import AnyEvent, AuctionClosed, AuctionReopened
from tests.integration.rds_bridge.appliers import apply_in_disorder
from tests.integration.rds_bridge.league import (
    LOT_IDS,
    bid,
    entries,
    everything,
    new_auction,
    reset,
    sold,
)

A_NIGHT: list[AnyEvent] = []
for cents in (500, 600):
    for lot_id in LOT_IDS:
        A_NIGHT += [bid(lot_id, cents), sold(lot_id, cents), reset(lot_id), sold(lot_id, cents + 1)]
A_NIGHT += [AuctionClosed(at_ms=1), AuctionReopened(at_ms=2), AuctionClosed(at_ms=3)]


def processes() -> Executor:
    return ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn"))


def threads() -> Executor:
    return ThreadPoolExecutor(4)


@pytest.mark.parametrize("pool", [processes, threads], ids=lambda it: it.__name__)
def test_appliers_at_the_same_time_write_what_one_alone_would(
    engine: Engine, database_url: str, auction_id: str, pool: Callable[[], Executor]
) -> None:
    alone = new_auction(engine)
    SqlLedger(engine).append(entries(alone, A_NIGHT))
    bodies = [encode(entry) for entry in entries(auction_id, A_NIGHT)]
    with pool() as executor:
        racing = [executor.submit(apply_in_disorder, database_url, bodies, n) for n in range(4)]
    for it in racing:
        it.result()
    assert everything(engine, auction_id) == everything(engine, alone)
