"""The benchmark `sync`: ledger entries from the queue into SQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Engine, delete, update

from bench.measuring import (
    OURS,
    Benchmark,
    Findings,
    Goal,
    Plan,
    compare,
    in_turns,
    require,
    require_equal,
    say,
)
from bench.peers.record_by_record import RecordByRecord
from chaos.databases import bridge_on, databases, deliver, engine_of
from chaos.night import new_league, play, record
from rds_bridge_service.adapters import tables as t
from shared.events import LedgerEntry
from tests.databases.packages import install_missing
from tests.integration.rds_bridge.league import everything

PEER = "a connection a batch, a commit a statement"
SERVERS = ("SQLite", "PostgreSQL")
SIZES = (10_000, 100_000)
BATCH = 10
"""What SQS hands over of a FIFO queue at once; both get the same batches."""

GOAL = Goal(at_least=10)
Deliver = Callable[[list[dict[str, Any]]], None]


def run(plan: Plan) -> Findings:
    install_missing()
    found = Findings()
    with databases(durable=True) as urls:
        for name in SERVERS:
            require(name in urls, f"{name} is not installed")
            for size in (500,) if plan.quick else SIZES:
                say(f"{name}, {size:,} events")
                found.comparisons.extend(measure(name, urls[name], size, plan.rounds).comparisons)
    return found


def measure(name: str, url: str, size: int, rounds: int) -> Findings:
    """Both bring the same events to the same tables, in turns.

    Raises:
        DifferentWork: the tables differ.
    """
    with bridge_on(url), engine_of(url) as engine:
        entries = ledger_of(engine, size)
        auction_ids = list(dict.fromkeys(it.auction_id for it in entries))
        batches = batches_of([record(it) for it in entries])
        peer = RecordByRecord(url)
        tables: dict[str, list[object]] = {}

        def turn(who: str, consume: Deliver) -> float:
            forget(engine, auction_ids)
            began = time.perf_counter()
            for batch in batches:
                consume(batch)
            took_s = time.perf_counter() - began
            written = [everything(engine, auction_id) for auction_id in auction_ids]
            tables[who] = [written]
            rows = sum(len(of) for tables_of in written for of in tables_of.values())
            return rows / took_s

        per_second = in_turns(
            rounds,
            {OURS: lambda: turn(OURS, deliver), PEER: lambda: turn(PEER, peer.deliver)},
        )
        require_equal(f"{name}'s tables", tables)
        forget(engine, auction_ids)
    what = f"{name}, {size:,} events: rows"
    return Findings(comparisons=compare(what, "a second", per_second, {PEER: GOAL}))


def ledger_of(engine: Engine, size: int) -> list[LedgerEntry]:
    """Events of whole auctions, one after the other, of which the last is cut off."""
    auction_id = new_league(engine)
    night = play(engine, auction_id)
    entries = list(night)
    while len(entries) < size:
        other = new_league(engine)
        entries += [replace(it, auction_id=other) for it in night]
    return entries[:size]


def batches_of(records: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    left, cut = iter(records), []
    while batch := list(islice(left, BATCH)):
        cut.append(batch)
    return cut


def forget(engine: Engine, auction_ids: Sequence[str]) -> None:
    """Make it so that nothing has happened in these auctions."""
    with engine.begin() as connection:
        for auction_id in auction_ids:
            for table in (t.sale, t.bid, t.auction_event):
                connection.execute(delete(table).where(table.c.auction_id == auction_id))
            connection.execute(
                update(t.auction)
                .where(t.auction.c.auction_id == auction_id)
                .values(status="planned", status_seq=0)
            )


QUESTION = """\
How many rows a second the bridge's `apply` brings from the queue into SQL."""

HOW = """\
Whole auctions' events as records of the FIFO queue, ten a batch, to the real handler and to a
consumer that opens a connection for each batch and commits each statement, as the published
DynamoDB-to-RDS consumer does. The tables are compared after each turn. Commits wait for the disk,
as the servers' defaults are (`fsync`, `synchronous`); the servers are on the same machine, and
each commit and each connection costs more where they are not.

What the profiles said, and what paid: milliseconds for a batch of ten on a quiet machine, SQLite
and PostgreSQL, where the peer takes 7 and 20.

*   3.4 and 6.6 before: half of it SQLAlchemy compiling an `INSERT` of many rows, anew for each
    batch.
*   1.3 and 3.4: the statement is a text with the same parameters, compiled once for each number of
    rows; and an auction's lots and members are remembered between batches, where reading them was
    a transaction of its own.
*   0.9 and 3.3: the statements of every batch are built once; a sale is looked up and inserted,
    where it was updated in vain, looked up and inserted.
*   0.8 and 2.3: the first attempt does not ask which events are there already.

What is left is a third the disk on SQLite (one commit, 0.25 ms), and on PostgreSQL the server: six
round trips, foreign keys and one commit, 1.7 ms. How much more the peer takes depends on the disk:
it waits 19 times for a batch, 0.2 ms each on a quiet machine, which gives a ratio of 9 or 10; where
others write too, it was 16 on PostgreSQL and 25 on SQLite. Left alone: the check of the connection
(0.1 ms) and the update that lets writers take turns (0.2 ms)."""

BENCHMARK = Benchmark(name="sync", question=QUESTION, how=HOW, run=run)
