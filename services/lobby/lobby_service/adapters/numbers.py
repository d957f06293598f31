"""The table of numbers: blocks of consecutive numbers and who has them.

A block is written in one transaction with the line's count and with the waiters it numbers: so
numbers have no gaps, and no turn has two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from lobby_service.adapters.aside import AsideOnce, SetAside
from lobby_service.adapters.items import change, code_of, from_item, to_item
from lobby_service.adapters.waiters import KEPT_S, id_of
from lobby_service.logic.line import Line, Series
from lobby_service.logic.ports import Arrival, NotNumbered, Numbered, NumberingLost


class NumberingFailed(Exception):
    """DynamoDB did not take a transaction, for other reasons than what is there."""


_BESIDE_WAITERS = 2
"""The line and the block come before the waiters in the transaction."""


class DynamoNumbers:
    """`Numbers` on DynamoDB.

    Args:
        client: botocore's DynamoDB client.
        table, lines, waiters: names of the three tables.
        now_ms: the server's clock.
    """

    def __init__(
        self,
        client: Any,
        set_aside: SetAside,
        *,
        table: str,
        lines: str,
        waiters: str,
        now_ms: Callable[[], int],
    ) -> None:
        self._client = client
        self._aside = AsideOnce(client, set_aside)
        self._now_ms = now_ms
        self._table = table
        self._lines = lines
        self._waiters = waiters

    def assign(self, line: Line, series: Series, arrivals: Sequence[Arrival]) -> None:
        first = line.arrived_in(series) + 1
        writes = [
            {"Update": self._count(line, series, arrivals)},
            {"Put": self._block(line, series, first, arrivals)},
            *({"Update": self._numbered(it, series, first + n)} for n, it in enumerate(arrivals)),
        ]
        try:
            self._client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if code_of(error) == "TransactionCanceledException":
                raise _why(error, arrivals) from error
            if code_of(error) in ("TransactionInProgressException", "TransactionConflictException"):
                raise NumberingLost from error
            raise

    def at(
        self, auction_id: str, series: Series, numbers: Collection[int]
    ) -> Mapping[int, Numbered]:
        found: dict[int, Numbered] = {}
        # From above: what a block covers below needs no query of its own.
        for number in sorted(numbers, reverse=True):
            if number not in found:
                found |= self._block_with(auction_id, series, number)
        return {number: found[number] for number in numbers if number in found}

    def _block_with(self, auction_id: str, series: Series, number: int) -> dict[int, Numbered]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="line_series = :of AND first_number <= :number",
            ExpressionAttributeValues=to_item({":of": _key(auction_id, series), ":number": number}),
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )
        if not answer["Items"]:
            return {}
        item = answer["Items"][0]
        first = int(item["first_number"]["N"])
        try:
            turns = msgspec.json.decode(from_item(item)["turns"], type=list[Numbered])
        except (KeyError, TypeError, ValueError) as error:
            # Its numbers are nobody's, and the line goes on.
            key: dict[str, str | int] = {
                "line_series": _key(auction_id, series),
                "first_number": first,
            }
            why = f"not a block of numbers: {type(error).__name__}: {error}"
            self._aside.put(self._table, key, item, why)
            return {}
        return {first + n: it for n, it in enumerate(turns)}

    def _count(self, line: Line, series: Series, arrivals: Sequence[Arrival]) -> dict[str, Any]:
        counted = f"{series}_arrived"
        shut = " AND attribute_not_exists(#seed)" if series == "early" else ""
        return change(
            self._lines,
            {"auction_id": line.auction_id},
            sets={
                f"{series}_until_ms": line.until_ms(series, arrivals[-1].joined_at_ms),
                **({"early_at_ms": self._now_ms()} if series == "early" else {}),
            },
            adds={counted: len(arrivals)},
            condition=f"#{counted} = :was{shut}",
            was=line.arrived_in(series),
        )

    def _block(
        self, line: Line, series: Series, first: int, arrivals: Sequence[Arrival]
    ) -> dict[str, Any]:
        turns = msgspec.json.encode([(it.user_id, it.turn) for it in arrivals]).decode()
        values = {
            "line_series": _key(line.auction_id, series),
            "first_number": first,
            "turns": turns,
            "expires_at": arrivals[-1].joined_at_ms // 1000 + KEPT_S,
        }
        return {"TableName": self._table, "Item": to_item(values)}

    def _numbered(self, arrival: Arrival, series: Series, number: int) -> dict[str, Any]:
        return change(
            self._waiters,
            {"id": id_of(arrival.auction_id, arrival.user_id)},
            sets={"number": number, "early": series == "early"},
            condition="#state = :waiting AND #turn = :turn AND attribute_not_exists(#number)",
            waiting="waiting",
            turn=arrival.turn,
        )


def _why(error: ClientError, arrivals: Sequence[Arrival]) -> Exception:
    """What the reasons of a cancelled transaction come to."""
    codes = [it.get("Code", "None") for it in error.response.get("CancellationReasons", [])]
    refused = [
        arrival
        for arrival, code in zip(arrivals, codes[_BESIDE_WAITERS:], strict=False)
        if code == "ConditionalCheckFailed"
    ]
    if refused:
        return NotNumbered(refused)
    if {"ConditionalCheckFailed", "TransactionConflict"} & set(codes):
        return NumberingLost()
    return NumberingFailed(", ".join(sorted(set(codes) - {"None"})))


def _key(auction_id: str, series: Series) -> str:
    return f"{auction_id}#{series}"
