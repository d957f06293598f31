"""An auction played by the real logic on the emulator's DynamoDB."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import msgspec
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from bench.scene.emulated import INCREMENT_CENTS, bidder_of, commissioner_of, desk
from shared.aws.dynamodb import DynamoDB
from shared.aws.errors import AwsError
from shared.commands import CloseAuction, Hammer, NextLot, PlaceBid
from shared.errors import Refused
from websocket_service.logic.decide import Decided
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.place_bid import place_bid
from websocket_service.logic.run_command import run_command

REFUSED_WRITES = ("ConditionalCheckFailedException", "TransactionCanceledException")
"""What a condition refused is billed like what it let through."""

Tell = Callable[[Outcome], None]
"""What follows a command that changed something."""


class Course(msgspec.Struct, frozen=True):
    """How an auction goes: its lots, and the bids on each, of which every fifth is refused."""

    lots: int
    bids: int
    bidders: int


def play(auction_id: str, course: Course, tell: Tell, *, close: bool = True) -> Counter[str]:
    """Put each lot up, let bidders bid, hammer; how many commands of each kind there were."""
    table, chance, sent = desk(), random.Random(auction_id), Counter[str]()

    def run(command: Decided) -> None:
        sent["command"] += 1
        tell(run_command(command, commissioner_of(auction_id), table))

    for n in range(1, course.lots + 1):
        lot_id, price = f"L{n:02}", 0
        run(NextLot(request_id=f"next-{n}", lot_id=lot_id))
        for place in range(course.bids):
            too_low = place % 5 == 4
            amount = price if too_low else price + INCREMENT_CENTS
            command = PlaceBid(request_id=f"bid-{n}-{place}", lot_id=lot_id, amount_cents=amount)
            sent["bid"] += 1
            try:
                outcome = place_bid(
                    command,
                    bidder_of(auction_id, chance.randint(1, course.bidders)),
                    auctions=table.auctions,
                    rules_book=table.rules_book,
                    members=table.catalogue.members,
                    now_ms=table.now_ms,
                )
            except Refused:
                sent["refused"] += 1
            else:
                price = amount
                tell(outcome)
        run(Hammer(request_id=f"hammer-{n}", lot_id=lot_id, forced=True))
    if close:
        run(CloseAuction(request_id="close"))
    return sent


class Calls:
    """Every call to AWS that this process makes, by botocore or without, by operation, while it is
    counted, the items that it got, and DynamoDB's units as they are billed: consistent reads by
    4 KB of what a query found together, writes of items under 1 KB."""

    def __init__(self) -> None:
        self.by_operation: Counter[str] = Counter()
        self.items = self.read_units = self.write_units = 0
        self._patches = ExitStack()

    def __enter__(self) -> Calls:
        for client, name in ((BaseClient, "_make_api_call"), (DynamoDB, "call")):
            counted = self._counted(getattr(client, name))
            self._patches.enter_context(patch.object(client, name, counted))
        return self

    def __exit__(self, *_: object) -> None:
        self._patches.close()

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(client: Any, operation: str, arguments: dict[str, Any], *others: Any) -> Any:
            self.by_operation[operation] += 1
            try:
                reply = real(client, operation, arguments, *others)
            except (ClientError, AwsError) as error:
                if _code_of(error) in REFUSED_WRITES:
                    self._add(operation, arguments, {})
                raise
            self._add(operation, arguments, reply)
            return reply

        return call

    def _add(self, operation: str, arguments: dict[str, Any], reply: dict[str, Any]) -> None:
        match operation:
            case "GetItem" | "Query" | "Scan":
                found = [*reply.get("Items", ()), *([reply["Item"]] if "Item" in reply else ())]
                self.items += len(found)
                self.read_units += max(1, _units_of(sum(map(bytes_of, found))))
            case "BatchGetItem":
                for items in reply.get("Responses", {}).values():
                    self.items += len(items)
                    self.read_units += sum(_units_of(bytes_of(item)) for item in items)
            case "PutItem" | "UpdateItem" | "DeleteItem":
                self.write_units += 1
            case "TransactWriteItems":
                self.write_units += 2 * len(arguments["TransactItems"])
            case "BatchWriteItem":
                self.write_units += sum(map(len, arguments["RequestItems"].values()))
            case "SendMessage" | "SendMessageBatch":
                pass
            case _:
                raise ValueError(f"{operation} is not counted")


def _units_of(size: int) -> int:
    return math.ceil(size / 4_096)


def _code_of(error: ClientError | AwsError) -> str:
    return error.code if isinstance(error, AwsError) else str(error.response["Error"]["Code"])


def bytes_of(item: dict[str, Any]) -> int:
    """An item's size, near enough: its names, and its values as text."""
    return sum(len(name) + len(str(next(iter(value.values())))) for name, value in item.items())
