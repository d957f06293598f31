"""The benchmark `bid`: decisions on one lot's bids, by the number of those who bid at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from typing import Any
from uuid import uuid4

import boto3
import msgspec

from bench.measuring import (
    OURS,
    Benchmark,
    Figure,
    Findings,
    Goal,
    Plan,
    compare,
    in_turns,
    require,
    say,
)
from bench.peers import bid_deciders
from bench.scene.bidder import PEERS, RETRY, TRANSACTION, Bidding, Decision, bid, listen
from bench.scene.emulated import INCREMENT_CENTS, LOT, emulated_tables, with_lot_up
from tests.integration.websocket.world import live
from websocket_service.adapters.auctions import DynamoAuctions

BIDDERS = (1, 8, 32)
GOAL_AT = 8
TO_START_S = (0.5, 2.0, 8.0)
"""By then all bidders have connected, whose processes run already; longer if they had not."""

WRITES = {"UpdateItem": 1, "TransactWriteItems": 2}
"""Items that each writes."""


class Round(msgspec.Struct, frozen=True):
    """One turn of a contestant: how many decisions a second, what they took, who was wronged."""

    per_second: float
    decisions: int
    accepted: int
    reads: int
    writes: int
    wronged: int


def run(plan: Plan) -> Findings:
    found = Findings()
    bids = 10 if plan.quick else 40
    with emulated_tables() as environment:
        bid_deciders.make_tables(boto3.client("dynamodb"))
        for bidders in BIDDERS:
            say(f"{bidders} at once")
            measure(found, bidders, bids, plan.rounds, environment)
    return found


def measure(
    found: Findings, bidders: int, bids: int, rounds: int, environment: dict[str, str]
) -> None:
    """Let each contestant's bidders bid, in turns."""
    spawning = get_context("spawn")
    heard = spawning.Value("q", 0)
    with ProcessPoolExecutor(bidders, spawning, listen, (heard,)) as processes:
        contestants = {
            who: partial(one_round, who, bidders, bids, processes, heard, environment)
            for who in (OURS, *PEERS)
        }
        for turn in contestants.values():
            turn()  # the processes import and make what they need
        turns = in_turns(rounds, contestants)
    at = f"{bidders} bidder{'s' * (bidders > 1)}"
    goals = {TRANSACTION: Goal(at_least=3)} if bidders == GOAL_AT else None
    per_second = {who: [it.per_second for it in mine] for who, mine in turns.items()}
    found.comparisons.extend(compare(f"{at}: decisions", "a second", per_second, goals))
    for who, mine in turns.items():
        decisions = sum(it.decisions for it in mine)
        for what, total, goal in (
            ("items written a decision", sum(it.writes for it in mine) / decisions, 1),
            ("reads a decision", sum(it.reads for it in mine) / decisions, 0),
            ("accepted of all", sum(it.accepted for it in mine) / decisions, None),
            ("higher bids refused", sum(it.wronged for it in mine), 0),
        ):
            wanted = Goal(at_most=goal) if who == OURS and goal is not None else None
            unit = f"of {decisions}" if what.startswith("higher") else ""
            found.figures.append(Figure(f"{at}: {what}", unit, total, of=who, goal=wanted))


def one_round(
    who: str,
    bidders: int,
    bids: int,
    processes: ProcessPoolExecutor,
    heard: Synchronized[int],
    environment: dict[str, str],
) -> Round:
    """A new auction, in which everybody bids at once.

    Raises:
        DifferentWork: bids were not decided, or the item does not show the highest that stands.
    """
    for to_start_s in TO_START_S:
        auction_id = uuid4().hex
        heard.value = INCREMENT_CENTS
        biddings = let_bid(who, auction_id, bidders, bids, to_start_s, processes, environment)
        if biddings:
            break
    require(bool(biddings), f"{who}: the bidders did not begin together")
    decisions = [it for bidding in biddings for it in bidding.decisions]
    require(len(decisions) == bidders * bids, f"{who}: not every bid was decided")
    highest = max(it.amount for it in decisions if it.stands)
    require(high_bid(who, auction_id) == highest, f"{who}: the item shows another high bid")
    took_s = max(it.answered_s for it in decisions) - min(it.sent_s for it in decisions)
    calls = _calls(biddings)
    writing = {name: count for name, count in calls.items() if name in WRITES}
    return Round(
        per_second=len(decisions) / took_s,
        decisions=len(decisions),
        accepted=sum(it.stands for it in decisions),
        reads=calls.total() - sum(writing.values()),
        writes=sum(WRITES[name] * count for name, count in writing.items()),
        wronged=wronged(decisions),
    )


def let_bid(
    who: str,
    auction_id: str,
    bidders: int,
    bids: int,
    to_start_s: float,
    processes: ProcessPoolExecutor,
    environment: dict[str, str],
) -> list[Bidding]:
    """What everybody did in a new auction; nothing, if they did not begin together."""
    numbers = range(1, bidders + 1)
    if who == OURS:
        with_lot_up(auction_id)
    else:
        client = boto3.client("dynamodb")
        bid_deciders.open_lot(client, auction_id, LOT, INCREMENT_CENTS, numbers)
    start_s = time.monotonic() + to_start_s
    under_way = [
        processes.submit(bid, who, auction_id, number, bids, start_s, environment)
        for number in numbers
    ]
    biddings = [it.result() for it in under_way]
    return biddings if all(it.ready_s <= start_s for it in biddings) else []


def high_bid(who: str, auction_id: str) -> int:
    """The high bid that the contestant's item shows in the end."""
    if who == OURS:
        state = DynamoAuctions(live()).read(auction_id)
        assert state is not None
        assert state.current is not None
        return state.current.high.amount_cents if state.current.high else 0
    item: Any = boto3.client("dynamodb").get_item(
        TableName=bid_deciders.AUCTIONS, Key={"id": {"S": auction_id}}, ConsistentRead=True
    )
    return int(item["Item"]["hi"]["N"])


def wronged(decisions: Sequence[Decision]) -> int:
    """How many bids were refused although they beat, by the increment, every bid that can have
    stood before they were answered; there may be more."""
    standing = sorted((it.sent_s, it.amount) for it in decisions if it.stands)
    count = 0
    for it in decisions:
        if it.stands:
            continue
        before = (amount for sent_s, amount in standing if sent_s < it.answered_s)
        count += it.amount >= max(before, default=0) + INCREMENT_CENTS
    return count


def _calls(biddings: Sequence[Bidding]) -> Counter[str]:
    total: Counter[str] = Counter()
    for it in biddings:
        total.update(it.calls)
    return total


QUESTION = """\
How many bids a second one lot takes, accepted or refused, when 1, 8 and 32 people bid on it at
once; what each decision costs DynamoDB; and whether a higher bid is ever refused."""

HOW = f"""\
One emulator's DynamoDB for all; each bidder is a process that bids what would stand, or a little
more, as fast as it is answered; all hear at once what stands, as in the room. “{TRANSACTION}” is
what the published Calcutta service does: the connection's row, the auction, then both auction and
bid, if the high bid is still the one that was read; “{RETRY}” is optimistic locking with AWS's full
jitter. A higher bid counts as refused only if it beats all that can have stood by then."""

BENCHMARK = Benchmark(name="bid", question=QUESTION, how=HOW, run=run)
