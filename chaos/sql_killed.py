"""PostgreSQL is killed and started again, over and over, while the bridge writes to it."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select

from chaos.databases import Refused, bridge_on, deliver, engine_of
from chaos.fault import CannotRun, Fault, Outcome, say
from chaos.night import new_league, record
from chaos.pgbouncer import running_pgbouncer
from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.migrating import migrate
from shared.events import BidPlaced, LedgerEntry
from tests.databases.postgresql import running_postgresql
from tests.databases.server import Server, ServerMissing

KILLS = 15
WRITERS = 8
BATCH = 5
PATIENCE_S = 60.0
REDELIVERY_S = 0.05
"""What SQS's visibility timeout is here: a batch that failed comes again after this."""


class Written(NamedTuple):
    """What one writer was told is in the database.

    Attributes:
        last_seq: it wrote every event up to this one.
        failed: batches that had to come again.
        longest_gap_s: between two of its commits.
        reasons: of the failures, one line each.
    """

    auction_id: str
    last_seq: int
    failed: int
    longest_gap_s: float
    reasons: set[str]


def write_until(url: str, auction_id: str, place: int, progress: Any, over: Any) -> Written:
    """Apply batch after batch, each until it is done, in a process of its own."""
    os.environ["LOG_LEVEL"] = "CRITICAL"
    seq, failed, longest_s, reasons = 0, 0, 0.0, set[str]()
    with bridge_on(url):
        before = time.monotonic()
        while not over.is_set():
            batch = [record(_bid(auction_id, seq + n)) for n in range(1, BATCH + 1)]
            try:
                deliver(batch)
            except Exception as error:  # noqa: BLE001 - the queue delivers again, whatever it was
                failed += 1
                reasons.add(_reason(error))
                time.sleep(REDELIVERY_S)
                continue
            seq += BATCH
            now = time.monotonic()
            longest_s, before = max(longest_s, now - before), now
            progress[place] = seq
    return Written(auction_id, seq, failed, longest_s, reasons)


def bring_about(kills: int = KILLS) -> Outcome:
    figures, failures = [], []
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_postgresql())
        except ServerMissing as missing:
            raise CannotRun(str(missing)) from None
        with engine_of(server.url) as engine:
            migrate(engine)
        ways = {"without a proxy": server.url}
        try:
            ways["with PgBouncer"] = stack.enter_context(running_pgbouncer(server))
        except CannotRun as missing:
            failures.append(str(missing))
        for way, url in ways.items():
            figure, wrong = _one_way(way, server, url, kills)
            figures.append(figure)
            failures += wrong
    return Outcome(figures=figures, failures=failures)


def _one_way(way: str, server: Server, url: str, kills: int) -> tuple[str, list[str]]:
    with engine_of(server.url) as engine:
        auctions = [new_league(engine) for _ in range(WRITERS)]
    with multiprocessing.get_context("spawn").Manager() as manager:
        progress, over = manager.list([0] * WRITERS), manager.Event()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(WRITERS, mp_context=spawn) as processes:
            writers = [
                processes.submit(write_until, url, auction, place, progress, over)
                for place, auction in enumerate(auctions)
            ]
            try:
                downs, gaps = _kill_often(way, server, progress, kills)
            finally:
                over.set()
            written = [writer.result() for writer in writers]
    for reason in sorted(set[str]().union(*(it.reasons for it in written))):
        say(f"{way}: came again after {reason}")
    wrong = [f"{way}: {it}" for it in _differences(server.url, written)]
    events = sum(it.last_seq for it in written)
    return (
        f"{way}: {kills} kills, {events:,} events of {WRITERS} writers, "
        f"{'none' if not wrong else len(wrong)} lost or doubled; "
        f"kill to the first commit: median {statistics.median(gaps):.2f} s, longest "
        f"{max(gaps):.2f} s; longest write gap of any writer "
        f"{max(it.longest_gap_s for it in written):.2f} s; the server itself was down for "
        f"{statistics.median(downs):.2f} s; {sum(it.failed for it in written)} batches came again",
        wrong,
    )


def _kill_often(
    way: str, server: Server, progress: Any, kills: int
) -> tuple[list[float], list[float]]:
    """Seconds that the server was down, and that nobody could write."""
    downs, gaps = [], []
    _wait(lambda before: all(now > 0 for now in progress), progress)
    for place in range(kills):
        killed = time.monotonic()
        server.kill()
        at_kill = list(progress)
        server.start()
        downs.append(time.monotonic() - killed)
        _wait(lambda before: any(a > b + BATCH for a, b in zip(progress, before, strict=True)),
              at_kill)  # fmt: skip
        gaps.append(time.monotonic() - killed)
        _wait(lambda before: all(a > b + BATCH for a, b in zip(progress, before, strict=True)),
              at_kill)  # fmt: skip
        if (place + 1) % 5 == 0:
            say(f"{way}: killed {place + 1} times of {kills}, {sum(progress):,} events written")
    return downs, gaps


def _wait(met: Callable[[list[int]], bool], before: Any) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    marks = list(before)
    while not met(marks):
        if time.monotonic() > give_up_at:
            raise Refused(f"the writers did not write again in {PATIENCE_S:g} s")
        time.sleep(0.01)


def _differences(url: str, written: list[Written]) -> list[str]:
    """Events that were told to be there and are not, or that are there twice or unasked."""
    found = []
    with engine_of(url) as engine, engine.connect() as connection:
        for it in written:
            for table in (tables.auction_event, tables.bid):
                rows = connection.scalars(
                    select(table.c.seq)
                    .where(table.c.auction_id == it.auction_id)
                    .order_by(table.c.seq)
                )
                seqs = list(rows)
                # a batch under way at the end may have been written without its writer knowing
                whole = [list(range(1, it.last_seq + 1)), list(range(1, it.last_seq + BATCH + 1))]
                if seqs not in whole:
                    found.append(f"{table.name}: {len(seqs)} rows, {it.last_seq} were written")
    return found


def _reason(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return f"{type(cause).__name__}: {str(cause).splitlines()[0][:120]}"


def _bid(auction_id: str, seq: int) -> LedgerEntry:
    event = BidPlaced(
        at_ms=1_700_000_000_000 + seq,
        actor=1,
        request_id=f"r{seq}",
        lot_id="L01",
        bidder=1,
        amount_cents=100 * seq,
        minimum_cents=100 * (seq + 1),
        extended_to_ms=1_700_000_010_000 + seq,
    )
    return LedgerEntry(auction_id, seq, event)


FAULT = Fault(
    name="sql-killed",
    what="SQL killed (`kill -9`) and restarted 15 times while 8 writers apply",
    must_hold="nothing lost or doubled; longest write gap measured, with and without a proxy",
    on="PostgreSQL, and PgBouncer before it; the bridge's real handler in 8 processes; "
    f"a batch that failed comes again after {REDELIVERY_S:g} s, which in SQS is the visibility "
    "timeout: a writer's gap would be that much longer",
    bring_about=bring_about,
    in_small=partial(bring_about, kills=2),
)
