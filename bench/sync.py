"""The benchmark `sync`: ledger entries from the queue into SQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
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

BY_ROW = "a connection a batch, a commit a row"
BY_EVENT = "a connection a batch, a commit an event"
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
                peers = (BY_ROW, BY_EVENT) if size < SIZES[-1] else (BY_ROW,)
                found.comparisons.extend(
                    measure(name, urls[name], size, peers, plan.rounds).comparisons
                )
    return found


def measure(name: str, url: str, size: int, peers: Sequence[str], rounds: int) -> Findings:
    """All bring the same events to the same tables, in turns.

    Raises:
        DifferentWork: the tables differ.
    """
    with bridge_on(url), engine_of(url) as engine:
        entries = ledger_of(engine, size)
        auction_ids = list(dict.fromkeys(it.auction_id for it in entries))
        batches = batches_of([record(it) for it in entries])
        expected: dict[str, list[Any]] = {}

        def turn(who: str, consume: Deliver) -> float:
            forget(engine, auction_ids)
            began = time.perf_counter()
            for batch in batches:
                consume(batch)
            took_s = time.perf_counter() - began
            written = [everything(engine, auction_id) for auction_id in auction_ids]
            reference = expected.setdefault(name, written)
            require_equal(f"{name}'s tables", {"the first turn": reference, who: written})
            return sum(len(of) for tables in written for of in tables.values()) / took_s

        consumers: dict[str, Deliver] = {OURS: deliver} | {
            who: RecordByRecord(url, commit_each=who == BY_ROW).deliver for who in peers
        }
        per_second = in_turns(
            rounds, {who: partial(turn, who, consume) for who, consume in consumers.items()}
        )
        forget(engine, auction_ids)
    what = f"{name}, {size:,} events: rows"
    return Findings(comparisons=compare(what, "a second", per_second, dict.fromkeys(peers, GOAL)))


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
consumer that opens a connection for each batch and commits for each record, as the published
DynamoDB-to-RDS consumer does. Its records are single rows, ours may be several: an event's, and its
bid's or sale's. So it takes part twice, with a commit after each row, and after each event (with
the smaller number only, for the time it takes). The tables are compared after each turn. Commits
wait for the disk, as the servers' defaults are (`fsync`, `synchronous`); the servers are on the
same machine, and each commit and each connection costs more where they are not."""

BENCHMARK = Benchmark(name="sync", question=QUESTION, how=HOW, run=run)
