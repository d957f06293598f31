"""The table of lines: one item an auction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from lobby_service.adapters.aside import AsideOnce, SetAside
from lobby_service.adapters.items import (
    CONDITION_FAILED,
    Item,
    change,
    changed,
    code_of,
    from_item,
    to_item,
)
from lobby_service.logic.line import Line
from lobby_service.logic.ports import UnreadableLine
from shared.clock import now_ms

_NOT_A_LINE = (KeyError, TypeError, ValueError)

KEPT_S = 30 * 24 * 60 * 60
"""How long a closed line is kept."""

_NOT_SINCE = " (attribute_not_exists(#opened_at_ms) OR #opened_at_ms = :opened)"
"""Lines that were made before this was kept say nothing, which is 0."""


class DynamoLines:
    """`Lines` on DynamoDB.

    Args:
        client: botocore's DynamoDB client.
    """

    def __init__(self, client: Any, set_aside: SetAside, table: str) -> None:
        self._client = client
        self._aside = AsideOnce(client, set_aside)
        self._table = table

    def read(self, auction_id: str) -> Line | None:
        found = self._client.get_item(
            TableName=self._table, Key=to_item({"auction_id": auction_id}), ConsistentRead=True
        )
        if "Item" not in found:
            return None
        try:
            return line_of(found["Item"])
        except _NOT_A_LINE as error:
            raise UnreadableLine(_why(error)) from error

    def running(self) -> Sequence[Line]:
        pages = self._client.get_paginator("scan").paginate(TableName=self._table)
        lines = []
        for item in (item for page in pages for item in page["Items"]):
            try:
                lines.append(line_of(item))
            except _NOT_A_LINE as error:
                # The other lines go on.
                key = {"auction_id": item["auction_id"]["S"]}
                self._aside.put(self._table, key, item, _why(error))
        return [line for line in lines if not line.closed]

    def create(self, line: Line) -> bool:
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item_of(line),
                ConditionExpression="attribute_not_exists(auction_id)",
            )
        except ClientError as error:
            if code_of(error) == CONDITION_FAILED:
                return False
            raise
        return True

    def set(self, auction_id: str, **values: Any) -> None:
        self._change(auction_id, sets=values, condition="attribute_exists(#paused)")

    def close(self, line: Line) -> bool:
        return self._change(
            line.auction_id,
            sets={"closed": True, "expires_at": now_ms() // 1000 + KEPT_S},
            condition="attribute_exists(#paused) AND" + _NOT_SINCE,
            opened=line.opened_at_ms,
        )

    def reopen(self, line: Line, at_ms: int) -> bool:
        return self._change(
            line.auction_id,
            sets={"closed": False, "opened_at_ms": at_ms},
            removes=["expires_at"],
            condition="#closed = :closed AND" + _NOT_SINCE,
            closed=True,
            opened=line.opened_at_ms,
        )

    def set_doors(self, auction_id: str, gather_at_ms: int, doors_at_ms: int) -> bool:
        return self._change(
            auction_id,
            sets={"gather_at_ms": gather_at_ms, "doors_at_ms": doors_at_ms},
            condition="attribute_not_exists(#seed)",
        )

    def add_extra(self, auction_id: str, people: int, request_id: str) -> None:
        self._change(
            auction_id,
            sets={"extra_request": request_id},
            adds={"extra": people},
            condition="attribute_exists(#paused)"
            " AND (attribute_not_exists(#extra_request) OR #extra_request <> :request)",
            request=request_id,
        )

    def open_doors(self, line: Line, seed: str, at_ms: int) -> bool:
        return self._change(
            line.auction_id,
            sets={
                "seed": seed,
                "early": line.early_arrived,
                "credited_at_ms": at_ms,
                "samples": _samples_text(((at_ms, 0),)),
            },
            condition="attribute_not_exists(#seed) AND #early_arrived = :early"
            " AND #doors_at_ms = :doors",
            early=line.early_arrived,
            doors=line.doors_at_ms,
        )

    def advance(self, line: Line, moved: Line, extra_used: int) -> bool:
        return self._change(
            line.auction_id,
            sets={
                "served": moved.served,
                "credit": moved.credit,
                "credited_at_ms": moved.credited_at_ms,
                "samples": _samples_text(moved.samples),
            },
            adds={"extra": -extra_used},
            condition="#served = :served",
            served=line.served,
        )

    def _change(self, auction_id: str, **what: Any) -> bool:
        return changed(self._client, change(self._table, {"auction_id": auction_id}, **what))


def line_of(item: Item) -> Line:
    """The line in an item. Raises what is in `_NOT_A_LINE`."""
    values = from_item(item)
    samples = msgspec.json.decode(values["samples"])
    return msgspec.convert(values | {"samples": samples}, Line)


def item_of(line: Line) -> Item:
    """The item that a line is."""
    values = msgspec.structs.asdict(line)
    return to_item(values | {"samples": _samples_text(line.samples)})


def _why(error: Exception) -> str:
    return f"not a line: {type(error).__name__}: {error}"


def _samples_text(samples: tuple[tuple[int, int], ...]) -> str:
    return msgspec.json.encode(samples).decode()
