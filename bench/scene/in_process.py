"""AWS in this process: what botocore's clients and our own ask for is answered by objects in
memory, at a time that stands still until it is moved, and handlers that run at once are interrupted
at their calls.
"""

from __future__ import annotations

import heapq
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

import botocore.client

from bench.scene.dynamodb import DynamoDb
from bench.scene.table import Refusal
from shared import clock
from shared.aws.dynamodb import DynamoDB
from shared.aws.errors import ConditionFailed, Refused
from tests.fakes.interleaved import Interleaved

INTERRUPTED = 0.1
"""How many of the calls hand over to another Lambda that runs at the same time."""

CONFLICTS = 0.01
"""How many transactions DynamoDB refuses because they meet another."""

Handler = Callable[[dict[str, Any], object], Any]


class Clock:
    """Stands in for the module `time` in `shared.clock`."""

    def __init__(self, now_ms: int) -> None:
        self.now_ms = now_ms

    def time_ns(self) -> int:
        return self.now_ms * 1_000_000


class Queue:
    """A queue of SQS: messages by the time when they are due."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, str]] = []
        self._sent = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def send(self, body: str, due_ms: int) -> None:
        self._sent += 1
        heapq.heappush(self._waiting, (due_ms, self._sent, body))

    def receive(self, now_ms: int, most: int) -> list[str]:
        """Messages that are due, the longest first."""
        found: list[str] = []
        while self._waiting and self._waiting[0][0] <= now_ms and len(found) < most:
            found.append(heapq.heappop(self._waiting)[2])
        return found


class InProcessAws:
    """DynamoDB, SQS and Lambda.

    Args:
        functions: handlers by the ARN that they are invoked by.
        chance: decides what is interrupted, and which transactions conflict.

    Attributes:
        calls: how often each operation was called.
    """

    def __init__(
        self,
        database: DynamoDb,
        queues: Mapping[str, Queue],
        functions: Mapping[str, Handler],
        time: Clock,
        chance: random.Random,
    ) -> None:
        self.calls: Counter[str] = Counter()
        self.lambdas = Interleaved(chance.randrange)
        self._database, self._queues, self._functions = database, queues, functions
        self._time, self._chance = time, chance

    @contextmanager
    def reached(self) -> Iterator[None]:
        """While the block lasts, all clients of this process reach this, at this time."""

        def by_botocore(client: Any, operation: str, arguments: dict[str, Any]) -> Any:
            try:
                return self._answer(client.meta.service_model.service_name, operation, arguments)
            except Refusal as refusal:
                said = {"Error": {"Code": refusal.code, "Message": refusal.message}}
                error = client.exceptions.from_code(refusal.code)
                raise error(said | refusal.beside, operation) from None

        def by_our_own(client: Any, operation: str, request: dict[str, Any], *_: Any) -> Any:
            try:
                return self._answer("dynamodb", operation, request)
            except Refusal as refusal:
                raise _refused(refusal) from None

        with (
            mock.patch.object(botocore.client.BaseClient, "_make_api_call", by_botocore),
            mock.patch.object(DynamoDB, "call", by_our_own),
            mock.patch.object(clock, "time", self._time),
        ):
            yield

    def _answer(self, service: str, operation: str, arguments: dict[str, Any]) -> Any:
        """Raises Refusal."""
        self.calls[operation] += 1
        if self._chance.random() < INTERRUPTED:
            self.lambdas.step()
        match service:
            case "dynamodb":
                return self._of_database(operation, arguments)
            case "lambda":
                event = json.loads(arguments["Payload"])
                answer = self._functions[arguments["FunctionName"]](event, None)
                return {"Payload": io.BytesIO(json.dumps(answer).encode())}
            case "sqs":
                return self._send(arguments)
            case _:
                raise NotImplementedError(f"{service}: {operation}")

    def _of_database(self, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems" and self._chance.random() < CONFLICTS:
            reasons = [{"Code": "None"} for _ in arguments["TransactItems"]]
            reasons[0]["Code"] = "TransactionConflict"
            raise Refusal("TransactionCanceledException", CancellationReasons=reasons)
        return self._database.call(operation, arguments)

    def _send(self, arguments: dict[str, Any]) -> Any:
        queue = self._queues[arguments["QueueUrl"]]
        for entry in arguments.get("Entries", [arguments]):
            due_ms = self._time.now_ms + 1_000 * entry.get("DelaySeconds", 0)
            queue.send(entry["MessageBody"], due_ms)
        return {}


def _refused(refusal: Refusal) -> Refused:
    """As our own client raises it."""
    if refusal.code == "ConditionalCheckFailedException":
        return ConditionFailed(400, refusal.code, refusal.message, refusal.beside.get("Item"))
    reasons = refusal.beside.get("CancellationReasons", ())
    return Refused(400, refusal.code, refusal.message, tuple(it["Code"] for it in reasons))
