"""Appliers in processes of their own, as Lambda workers are."""

from __future__ import annotations

import random

from sqlalchemy import make_url

from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.adapters.ledger import SqlLedger
from shared.codec import decode_entry
from tests.integration.rds_bridge.league import in_batches


def apply_in_disorder(url: str, bodies: list[bytes], seed: int) -> None:
    """Apply all the entries, in an order and in batches of this applier's own."""
    engine = open_database(make_url(url))
    chance = random.Random(seed)
    entries = [decode_entry(body) for body in bodies]
    chance.shuffle(entries)
    for batch in in_batches(entries, [chance.randint(1, 10) for _ in range(5)]):
        SqlLedger(engine).append(batch)
    engine.dispose()
