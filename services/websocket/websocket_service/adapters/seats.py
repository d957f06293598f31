"""The rooms of public auctions and their seats: one row a seat, and one that counts them.

Spoken in DynamoDB's own words: what matters is the conditions. A row is replaced or deleted only
if it still is what was read, and all rows of a change in one transaction.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from shared.aws.dynamodb import DynamoDB
from shared.aws.errors import Refused
from websocket_service.logic.room.seats import Room, Seat, SeatsChange

BY_EXPIRY = "by_expiry"

_ROOM = "#room"
"""The counting row's user id, with a character that none has."""

_TOO_LATE = {"ConditionalCheckFailed", "TransactionConflict", "TransactionConflictException"}
_KEY = {"auction_id", "user_id"}
_NEWER = "opened_at_ms"
"""Rows that were written before there was this attribute have none, which says 0."""

_Item = dict[str, dict[str, Any]]
_Row = TypeVar("_Row", Room, Seat)


class DynamoSeats:
    """`Seats` on DynamoDB."""

    def __init__(self, dynamodb: DynamoDB, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def read(self, auction_id: str, user_ids: Sequence[str]) -> tuple[Room | None, dict[str, Seat]]:
        wanted = [_key(auction_id, user_id) for user_id in (_ROOM, *user_ids)]
        items = self._dynamodb.batch(self._table, wanted)
        found = {item["user_id"]["S"]: item for item in items}
        room = found.pop(_ROOM, None)
        seats = {user_id: _row(item, Seat) for user_id, item in found.items()}
        return None if room is None else _row(room, Room), seats

    def expired(self, auction_id: str, now_ms: int, most: int) -> list[Seat]:
        request = {
            "TableName": self._table,
            "IndexName": BY_EXPIRY,
            "KeyConditionExpression": "auction_id = :auction AND expires_at_ms <= :now",
            "ExpressionAttributeValues": {
                ":auction": {"S": auction_id},
                ":now": {"N": str(now_ms)},
            },
            "ConsistentRead": True,
            "Limit": most,
        }
        reply = self._dynamodb.call("Query", request)
        return [_row(item, Seat) for item in reply["Items"]]

    def write(self, change: SeatsChange) -> bool:
        request = {
            "TransactItems": list(self._writes(change)),
            # said twice, it still happens once
            "ClientRequestToken": os.urandom(16).hex(),
        }
        try:
            self._dynamodb.call("TransactWriteItems", request)
        except Refused as error:
            if _TOO_LATE.isdisjoint((error.code, *error.reasons)):
                raise
            return False
        return True

    def _writes(self, change: SeatsChange) -> Iterator[dict[str, Any]]:
        rows: list[tuple[Room | Seat | None, Room | Seat | None]] = [*change.seats]
        if change.room is not None:
            rows.append(change.room)
        for before, after in rows:
            was = None if before is None else _item(change.auction_id, before)
            if after is not None:
                item = _item(change.auction_id, after)
                yield {"Put": {"TableName": self._table, "Item": item, **_unchanged(was)}}
            elif was is not None:
                key = {name: was[name] for name in _KEY}
                yield {"Delete": {"TableName": self._table, "Key": key, **_unchanged(was)}}


def _key(auction_id: str, user_id: str) -> _Item:
    return {"auction_id": {"S": auction_id}, "user_id": {"S": user_id}}


def _item(auction_id: str, row: Room | Seat) -> _Item:
    key = _key(auction_id, row.user_id if isinstance(row, Seat) else _ROOM)
    values = msgspec.structs.asdict(row)
    if not values.get(_NEWER):
        values.pop(_NEWER, None)
    return key | {name: _value(value) for name, value in values.items()}


def _value(value: str | int | bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"S": value} if isinstance(value, str) else {"N": str(value)}


def _row(item: _Item, kind: type[_Row]) -> _Row:
    fields = {name: value for name, typed in item.items() for value in typed.values()}
    return msgspec.convert(fields, kind, strict=False)


def _unchanged(was: _Item | None) -> dict[str, Any]:
    """The condition that a row still is what was read."""
    if was is None:
        return {"ConditionExpression": "attribute_not_exists(user_id)"}
    read = {name: value for name, value in was.items() if name not in _KEY}
    same = [f"#{name} = :{name}" for name in read]
    if _NEWER not in read:
        same.append(f"attribute_not_exists(#{_NEWER})")
    return {
        "ConditionExpression": " AND ".join(same),
        "ExpressionAttributeNames": {f"#{name}": name for name in {*read, _NEWER}},
        "ExpressionAttributeValues": {f":{name}": value for name, value in read.items()},
    }
