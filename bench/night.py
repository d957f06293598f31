"""The benchmark `a-night`: what an auction night asks of AWS, counted while real code plays it."""

from __future__ import annotations

from collections.abc import Sequence

from bench.measuring import Benchmark, Figure, Findings, Goal, Plan, require_equal, say
from bench.scene.emulated import emulated_tables
from bench.scene.night import CALL_MS, MEMORY_GB, POST_MEMORY_GB, POST_MS, START_MS, Night, Size
from bench.scene.playing import Course
from calcutta.cost.quantities import QUIET_SHARE

UNITS = {"Lambda ms": "ms", "Lambda GB ms": "GB ms", "dollars": "$"}
WHOLE = Size(members=300, spectators=500, course=Course(lots=68, bids=20, bidders=299))
SMALL = Size(members=5, spectators=3, course=Course(lots=2, bids=5, bidders=4))
TIMES = (10, 100)
GROWN = (
    "calls of DynamoDB and SQS",
    "DynamoDB write units",
    "WebSocket messages",
    "Lambda requests",
    "Lambda ms",
    "dollars",
)
"""What must not grow faster than the number of auctions."""

BID_EVERY_S, COMING_S = 5, 120
POSTS_QUOTA, CONNECTIONS_QUOTA = 10_000, 500
"""A second, of a new account, from AWS's documentation of API Gateway's quotas."""


def run(plan: Plan) -> Findings:
    return measure(SMALL if plan.quick else WHOLE, (3,) if plan.quick else TIMES)


def measure(size: Size, times: Sequence[int]) -> Findings:
    """One night of this size, and how small ones grow with their number.

    Raises:
        DifferentWork: not everybody was told of every event.
    """
    figures: list[Figure] = []
    with emulated_tables():
        say("one night")
        one = Night(size)
        one.play()
        told = one.counts["events"] * one.crowd
        require_equal("posts", {"events to everybody": told, "posts": one.counts["posts"]})
        bill = one.bill()
        figures += [Figure(what, UNITS.get(what, ""), value) for what, value in bill.items()]
        small = Night(SMALL)
        small.play()
        for count in times:
            say(f"{count} small auctions")
            many = Night(SMALL)
            for _ in range(count):
                many.play()
            figures += growth(count, many.bill(), small.bill(), bill)
            figures += peaks(count, one.crowd)
    return Findings(figures=figures)


def growth(
    count: int, many: dict[str, float], small: dict[str, float], night: dict[str, float]
) -> list[Figure]:
    """What each of many small auctions asks for beside one alone, and what as many whole nights
    would, if they grow like those."""
    figures = []
    for what in GROWN:
        each = many[what] / small[what] / count
        figures += [
            Figure(
                f"{count} small auctions: {what} of each",
                "of one alone",
                each,
                goal=Goal(at_most=1.01),
            ),
            Figure(
                f"{count} nights, computed: {what}", UNITS.get(what, ""), night[what] * count * each
            ),
        ]
    return figures


def peaks(count: int, crowd: int) -> list[Figure]:
    """How near as many nights at once come to API Gateway's quotas."""
    return [
        Figure(
            f"{count} nights at once: new connections, if all come within {COMING_S} s",
            f"of {CONNECTIONS_QUOTA} a second",
            count * crowd / COMING_S,
        ),
        Figure(
            f"{count} nights at once: posts, with a bid every {BID_EVERY_S} s in each",
            f"of {POSTS_QUOTA} a second",
            count * crowd / BID_EVERY_S,
        ),
    ]


QUESTION = """\
What a night asks of AWS, and costs: 300 members, 68 lots, 20 bids a lot of which every fifth is
refused, 500 spectators, three hours, everybody connected twice."""

HOW = f"""\
The real logic and adapters play it on an emulator's DynamoDB and SQS; calls, units, messages
and requests are counted, not timed. Lambda's milliseconds are a model: {CALL_MS:.0f} ms a call,
{POST_MS:.0f} ms a post, {START_MS:.0f} ms an invocation, at {MEMORY_GB} GB, and posts at
{POST_MEMORY_GB:.0f} GB; the prices are those of us-east-1 on demand, without free tiers. In
{100 * QUIET_SHARE:.0f}% of the time nothing is heard, and clients ask how far the auction is
as their own rule says. An auction has 76 lots and some hundred members at most, so that ten or a
hundred times as much is as many auctions: {TIMES[0]} and {TIMES[1]} small ones are played, and
counted, and what as many whole nights would ask for is computed from how those grow. They share
nothing but the account.

Which limit of AWS comes first (those of a new account; all can be raised):

*   One night: API Gateway's 500 new connections a second, if all 800 come within one. Clients come
    again with a jittered backoff, and before the two hours end each at a time of its own.
*   Ten at once (8,000 people): the same one, since it is the account's. Bids are not near any: two
    events a second in all, 1,600 posts.
*   A hundred (80,000 people): API Gateway's 10,000 requests a second, which posts share with
    everything else: with a bid in each auction every five seconds there are 16,000. A post that is
    throttled is not tried again, and whoever was missed sees the gap in the next event or in the
    pong after ten quiet seconds; so a raised quota is for promptness, nothing is lost without it.
    Lambda's 1,000 concurrent executions are far: an event takes five for a quarter of a second.

DynamoDB is not among them: each auction has an item of its own, and an item takes 1,000 writes a
second."""

BENCHMARK = Benchmark(name="a-night", question=QUESTION, how=HOW, run=run)
