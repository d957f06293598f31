"""A bidder of the benchmark `bid`, in a process of its own."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.sharedctypes import Synchronized
from typing import Any

import boto3
import msgspec

from bench.measuring import OURS
from bench.peers.bid_deciders import ReadDecideRetry, ReadThenTransaction
from bench.scene.emulated import INCREMENT_CENTS, LOT, bidder_of
from shared.aws.access import Access
from shared.aws.dynamodb import DynamoDB
from shared.aws.service import PATIENT, Patience
from shared.clock import now_ms
from shared.commands import PlaceBid
from shared.errors import Refused
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.live import LiveTables
from websocket_service.adapters.rules_book import DynamoRulesBook
from websocket_service.logic.place_bid import place_bid

TRANSACTION = "two reads, then a transaction"
RETRY = "read, decide, write, again if somebody was faster"
PEERS: dict[str, type[ReadThenTransaction | ReadDecideRetry]] = {
    TRANSACTION: ReadThenTransaction,
    RETRY: ReadDecideRetry,
}

Decide = Callable[[int, int], tuple[bool, int]]
"""Bidder and amount → whether the bid stands, and the lowest bid that would, as far as known."""


_calls: Counter[str] = Counter()
"""This process's calls of DynamoDB, by operation."""

_heard: Synchronized[int]
"""The lowest bid that would stand, as far as everybody was told."""


def listen(heard: Synchronized[int]) -> None:
    """Begin a bidder's process: what one says there, all hear at once."""
    global _heard
    _heard = heard


class Decision(msgspec.Struct, frozen=True):
    """A bid, from when it was sent until it was answered (seconds of the machine's clock)."""

    amount: int
    stands: bool
    sent_s: float
    answered_s: float


class Bidding(msgspec.Struct, frozen=True):
    """What a bidder did, its calls to DynamoDB by operation, and when it was ready to begin."""

    decisions: list[Decision]
    calls: dict[str, int]
    ready_s: float


def bid(
    who: str, auction_id: str, number: int, count: int, start_s: float, environment: dict[str, str]
) -> Bidding:
    """Bid `count` times from `start_s` on: the lowest bid that would stand, as far as this bidder
    was told with an answer or has heard, or a little more."""
    os.environ.update(environment)
    chance = random.Random(number)
    decide = decider(who, auction_id)
    decide(number, 0)  # it does not stand: connects, and learns the rules as a warm container has
    _calls.clear()
    ready_s = time.monotonic()
    decisions, told = [], INCREMENT_CENTS
    time.sleep(max(0.0, start_s - time.monotonic()))
    for _ in range(count):
        amount = max(told, _heard.value) + chance.choice((0, 0, 1, 2, 5)) * INCREMENT_CENTS
        sent_s = time.monotonic()
        stands, known = decide(number, amount)
        decisions.append(Decision(amount, stands, sent_s, time.monotonic()))
        told = max(told, known)
        if stands:
            _say(known)
    return Bidding(decisions, dict(_calls), ready_s)


def _say(minimum: int) -> None:
    with _heard.get_lock():
        _heard.value = max(_heard.value, minimum)


def decider(who: str, auction_id: str) -> Decide:
    """The contestant's way to decide."""
    if who != OURS:
        return PEERS[who](_peers_client(), auction_id, LOT, INCREMENT_CENTS).decide
    tables = LiveTables(_Counting(Access.of(os.environ)), os.environ)
    auctions, rules_book = DynamoAuctions(tables), DynamoRulesBook(tables)
    sent = 0

    def decide(number: int, amount: int) -> tuple[bool, int]:
        nonlocal sent
        sent += 1
        command = PlaceBid(request_id=f"{number}-{sent}", lot_id=LOT, amount_cents=amount)
        caller = bidder_of(auction_id, number)
        try:
            place_bid(
                command,
                caller,
                auctions=auctions,
                rules_book=rules_book,
                members=lambda _: (),
                now_ms=now_ms,
            )
        except Refused as refused:
            if refused.refusal_code != "bid_too_low":
                raise
            return False, refused.minimum_cents or 0
        return True, amount + INCREMENT_CENTS

    return decide


@cache
def _peers_client() -> Any:
    return _counted(boto3.client("dynamodb"))


class _Counting(DynamoDB):
    """DynamoDB, with its calls counted in `_calls`."""

    def call(
        self, operation: str, request: Mapping[str, Any], patience: Patience = PATIENT
    ) -> dict[str, Any]:
        _calls[operation] += 1
        return super().call(operation, request, patience)


def _counted(client: Any) -> Any:
    """The client, with its calls counted in `_calls`."""

    def count(model: Any, **_: Any) -> None:
        _calls[model.name] += 1

    client.meta.events.register("before-call.dynamodb", count)
    return client
