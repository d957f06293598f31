"""The benchmark `fan-out`: one event to many connections through API Gateway's endpoint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from bench.measuring import (
    OURS,
    Benchmark,
    Comparison,
    Findings,
    Goal,
    Plan,
    compare,
    in_turns,
    require,
    require_equal,
    say,
)
from bench.peers.posters import GATHERED, THREADS, Gathered, InSequence, InThreads
from bench.scene.emulated import set_environment
from bench.scene.management_endpoint import (
    Counts,
    Endpoint,
    connection_ids,
    is_gone,
    running_endpoint,
)
from chaos.aws import EMULATED
from shared.aws.access import Access
from shared.codec import encode
from shared.events import BidPlaced
from shared.replies import EventReply
from tests.databases.packages import install_missing
from websocket_service.adapters.sockets import ApiGatewaySockets

SEQUENCE = "boto3 in sequence"
POOLED = f"boto3 with {THREADS} threads"
AIO = f"aiobotocore, {GATHERED} gathered"
FLOOR = "wrk, unsigned"
SIZES = (100, 1_000, 5_000)
FLOOR_SECONDS = 2
MESSAGE = encode(
    EventReply(
        auction_id="0123456789abcdef0123456789abcdef",
        seq=512,
        event=BidPlaced(
            at_ms=1_700_000_000_000,
            actor=17,
            request_id="0123456789abcdef0123456789abcdef",
            lot_id="L01",
            bidder=17,
            amount_cents=125_00,
            minimum_cents=130_00,
            extended_to_ms=1_700_000_010_000,
        ),
    )
)
Post = Callable[[Sequence[str], bytes], list[str]]


class Posted(msgspec.Struct, frozen=True):
    """One event to everybody: seconds, CPU seconds of this process, and what the endpoint got;
    the floor's posts are another process's, and are not told."""

    wall_s: float
    cpu_s: float = 0.0
    arrived: Counts | None = None


def run(plan: Plan) -> Findings:
    install_missing({"wrk": lambda: shutil.which("wrk")})
    require(shutil.which("wrk") is not None, "wrk is not installed")
    found = Findings()
    with posting() as (endpoint, posters):
        for size in (100,) if plan.quick else SIZES:
            say(f"{size:,} connections")
            found.comparisons.extend(measure(endpoint, posters, size, plan.rounds))
    return found


def measure(
    endpoint: Endpoint, posters: dict[str, Post], size: int, rounds: int
) -> list[Comparison]:
    """One event to `size` connections by each contestant, in turns.

    Raises:
        DifferentWork: what arrived differs, or something was refused.
    """
    ids = connection_ids(size)
    contestants = {who: partial(posted, endpoint, post, ids) for who, post in posters.items()}
    for turn in contestants.values():
        turn()  # connects
    turns = in_turns(rounds, contestants | {FLOOR: partial(floor, endpoint, size)})
    require_equal(
        f"what {size} connections got",
        {who: [it.arrived for it in turns[who]] for who in posters},
    )
    cpu = {who: [it.cpu_s / size * 1e6 for it in turns[who]] for who in posters}
    wall = {who: [it.wall_s * 1e3 for it in mine] for who, mine in turns.items()}
    of = f"{size:,} connections"
    return [
        *compare(f"{of}: CPU for each", "µs", cpu, {POOLED: Goal(at_most=0.1)}),
        *compare(f"{of}: until all have it", "ms", wall, {FLOOR: Goal(at_most=3)}),
    ]


def posted(endpoint: Endpoint, post: Post, ids: Sequence[str]) -> Posted:
    """One event to these connections, and what of it arrived.

    Raises:
        DifferentWork: it did not reach exactly those that are there.
    """
    endpoint.reset()
    began, cpu = time.perf_counter(), time.process_time()
    gone = post(ids, MESSAGE)
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    arrived = endpoint.counts()
    require(gone == [it for it in ids if is_gone(it)], "others are gone than the endpoint says")
    require(arrived.refused == 0, f"{arrived.refused} signatures were refused")
    require(
        arrived.delivered == len(ids) - len(gone),
        f"{arrived.delivered} of {len(ids) - len(gone)} messages arrived",
    )
    return Posted(wall_s, cpu_s, arrived)


def floor(endpoint: Endpoint, size: int) -> Posted:
    """As many unsigned requests by wrk, at its rate over as many connections as others have
    threads; it knows durations only."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(
            f"wrk.method = 'POST'\nwrk.body = [==[{MESSAGE.decode()}]==]\n"
            "local n = 0\n"
            "request = function()\n"
            "  n = n + 1\n"
            "  return wrk.format(nil, string.format('/floor/L0SM9%06dcCIhw%%3D', n % 5000))\n"
            "end\n"
        )
        script.flush()
        done = subprocess.run(
            ["wrk", "--threads", "1", "--connections", str(THREADS), "--duration",
             f"{FLOOR_SECONDS}s", "--script", script.name, endpoint.address],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)
    require(found is not None, f"wrk said nothing of requests: {done.stdout}")
    assert found is not None
    return Posted(wall_s=size / float(found[1]))


@contextmanager
def posting() -> Iterator[tuple[Endpoint, dict[str, Post]]]:
    """The endpoint, and everybody who posts to it, with clients that are made."""
    with tempfile.TemporaryDirectory() as folder, running_endpoint(Path(folder)) as endpoint:
        trusted = {"AWS_CA_BUNDLE": str(endpoint.authority)}
        with set_environment(EMULATED | trusted), Gathered(endpoint.url) as gathered:
            sockets = ApiGatewaySockets(Access.of(os.environ), endpoint.url)
            yield (
                endpoint,
                {
                    OURS: sockets.post,
                    SEQUENCE: InSequence(endpoint.url).post,
                    POOLED: InThreads(endpoint.url).post,
                    AIO: gathered.post,
                },
            )


QUESTION = """\
What posting one event to 100, 1,000 and 5,000 live connections takes."""

HOW = """\
An HTTPS endpoint in a process of its own stands in for `@connections`: it verifies every
signature, keeps connections alive, and says of each hundredth that it is gone. After each turn
it tells who got what; all have to agree. Everybody has connected before. CPU is that of the
posting process. The floor is the time in which wrk makes as many unsigned requests over 50
connections; the endpoint itself bounds it."""

BENCHMARK = Benchmark(name="fan-out", question=QUESTION, how=HOW, run=run)
