"""Two other ways to decide a bid, each on the same kind of item, `{id, lot, min, hi, bid_id, v}`.

Both use one client for all their calls, with kept-alive connections, as AWS recommends.
"""

from __future__ import annotations

import random
import time
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

AUCTIONS, BIDS, CONNECTIONS = "peer-auctions", "peer-bids", "peer-connections"
RETRIES = 20
LOST = ("ConditionalCheckFailedException", "TransactionCanceledException")


def make_tables(client: Any) -> None:
    for name, keys in (
        (AUCTIONS, ("id",)),
        (BIDS, ("auction_id", "bid_id")),
        (CONNECTIONS, ("connection_id",)),
    ):
        client.create_table(
            TableName=name,
            KeySchema=[
                {"AttributeName": key, "KeyType": kind}
                for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
            ],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )


def open_lot(client: Any, auction_id: str, lot_id: str, minimum: int, bidders: range) -> None:
    """Put a lot up, with a row for each bidder's connection."""
    item = {"id": auction_id, "lot": lot_id, "bid_id": "none"}
    numbers = {"min": minimum, "hi": 0, "v": 0}
    client.put_item(TableName=AUCTIONS, Item=_strings(item) | _numbers(numbers))
    for number in bidders:
        row = {"connection_id": f"c{number}", "auction_id": auction_id, "role": "bidder"}
        client.put_item(TableName=CONNECTIONS, Item=_strings(row) | _numbers({"number": number}))


class ReadThenTransaction:
    """Read the connection, read the auction, then write auction and bid in a transaction that
    holds if the high bid's id is still the one that was read. Who loses the race is refused."""

    def __init__(self, client: Any, auction_id: str, lot_id: str, increment: int) -> None:
        self._client, self._auction_id = client, auction_id
        self._lot_id, self._increment = lot_id, increment

    def decide(self, number: int, amount: int) -> tuple[bool, int]:
        """Whether the bid stands, and the lowest that this bidder knows would."""
        row = self._client.get_item(
            TableName=CONNECTIONS, Key=_strings({"connection_id": f"c{number}"})
        )["Item"]
        key = _strings({"id": self._auction_id})
        # eventually consistent, as the published service reads it
        auction = self._client.get_item(TableName=AUCTIONS, Key=key)["Item"]
        minimum = int(auction["min"]["N"])
        if auction["lot"]["S"] != self._lot_id or amount < minimum:
            return False, minimum
        bid_id = uuid4().hex
        history = {"auction_id": self._auction_id, "bid_id": bid_id, "lot": self._lot_id}
        try:
            self._client.transact_write_items(
                TransactItems=[
                    {
                        "Update": {
                            "TableName": AUCTIONS,
                            "Key": key,
                            "UpdateExpression": "SET bid_id = :new, hi = :amount, #min = :min, "
                            "#by = :by",
                            "ConditionExpression": "bid_id = :read",
                            "ExpressionAttributeNames": {"#min": "min", "#by": "by"},
                            "ExpressionAttributeValues": {
                                **_strings({":new": bid_id, ":read": auction["bid_id"]["S"]}),
                                ":by": row["number"],
                                **_numbers({":amount": amount, ":min": amount + self._increment}),
                            },
                        }
                    },
                    {
                        "Put": {
                            "TableName": BIDS,
                            "Item": _strings(history) | _numbers({"amount": amount}),
                        }
                    },
                ]
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in LOST:
                raise
            return False, minimum
        return True, amount + self._increment


class ReadDecideRetry:
    """Read, decide, write on the condition that the version is still the one that was read;
    else again, after the full jitter that AWS recommends."""

    def __init__(self, client: Any, auction_id: str, lot_id: str, increment: int) -> None:
        self._client, self._auction_id = client, auction_id
        self._lot_id, self._increment = lot_id, increment

    def decide(self, number: int, amount: int) -> tuple[bool, int]:
        """Whether the bid stands, and the lowest that would."""
        key = _strings({"id": self._auction_id})
        for attempt in range(RETRIES):
            auction = self._client.get_item(TableName=AUCTIONS, Key=key, ConsistentRead=True)[
                "Item"
            ]
            minimum, version = int(auction["min"]["N"]), int(auction["v"]["N"])
            if auction["lot"]["S"] != self._lot_id or amount < minimum:
                return False, minimum
            try:
                self._client.update_item(
                    TableName=AUCTIONS,
                    Key=key,
                    UpdateExpression="SET v = :next, hi = :amount, #min = :min, #by = :by",
                    ConditionExpression="v = :read",
                    ExpressionAttributeNames={"#min": "min", "#by": "by"},
                    ExpressionAttributeValues=_numbers(
                        {
                            ":next": version + 1,
                            ":read": version,
                            ":amount": amount,
                            ":min": amount + self._increment,
                            ":by": number,
                        }
                    ),
                )
            except ClientError as error:
                if error.response["Error"]["Code"] not in LOST:
                    raise
                time.sleep(random.uniform(0, min(0.2, 0.005 * 2**attempt)))
            else:
                return True, amount + self._increment
        raise RuntimeError(f"undecided after {RETRIES} attempts")


def _strings(values: dict[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"S": value} for name, value in values.items()}


def _numbers(values: dict[str, int]) -> dict[str, dict[str, str]]:
    return {name: {"N": str(value)} for name, value in values.items()}
