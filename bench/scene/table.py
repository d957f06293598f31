"""A table of the in-process DynamoDB: its items as bytes, their order, and a stream in shards."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from bench.scene.expressions import Item, KeyCondition, key_condition, sortable

SHARDS = 4
MOST_BYTES = 400 * 1024

Request = dict[str, Any]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, dict[str, Any]]).decode


class Refusal(Exception):
    """DynamoDB's error: its code, and what else the answer has beside it."""

    def __init__(self, code: str, message: str = "", **beside: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.beside = beside


class Change(NamedTuple):
    """A record of a stream: its place, and the item after the change."""

    sequence: int
    is_new: bool
    image: bytes | None

    def record(self) -> dict[str, Any]:
        """As Lambda hands it over."""
        found: dict[str, Any] = {"SequenceNumber": str(self.sequence)}
        if self.image is not None:
            found["NewImage"] = _decode(self.image)
        kind = "INSERT" if self.is_new else "REMOVE" if self.image is None else "MODIFY"
        return {"eventName": kind, "dynamodb": found}


class Table:
    """One table.

    Args:
        range_key: None: its key is the hash key alone.
        index: a local index's name and range key.
        streamed: whether changes go to the shards of a stream.
    """

    def __init__(
        self,
        hash_key: str,
        range_key: str | None = None,
        index: tuple[str, str] | None = None,
        *,
        streamed: bool = False,
    ) -> None:
        self.hash_key, self.range_key, self.index = hash_key, range_key, index
        self.items: dict[Any, bytes] = {}
        self.shards: list[deque[Change]] = [deque() for _ in range(SHARDS if streamed else 0)]
        self.after_write: Callable[[], None] = lambda: None
        self._ranges: dict[str, list[Any]] = {}
        self._indexed: dict[str, list[Any]] = {}
        self._sequence = 0

    def key(self, attributes: Mapping[str, Any]) -> Any:
        """The key of an item. Raises Refusal: it has none."""
        try:
            partition = attributes[self.hash_key]["S"]
            if self.range_key is None:
                return partition
            return partition, sortable(attributes[self.range_key])
        except (KeyError, AttributeError):
            raise Refusal("ValidationException", "no such key") from None

    def get(self, key: Any) -> Item | None:
        found = self.items.get(key)
        return None if found is None else _decode(found)

    def all(self) -> Iterable[Item]:
        return map(_decode, self.items.values())

    def count(self, partition: str) -> int:
        """How many items a partition has."""
        return len(self._ranges.get(partition, ()))

    def write(self, key: Any, before: Item | None, after: Item | None) -> None:
        kept = None if after is None else _encode(after)
        if kept is None:
            self.items.pop(key, None)
        elif len(kept) > MOST_BYTES:
            raise Refusal("ValidationException", "Item size has exceeded the maximum allowed size")
        else:
            self.items[key] = kept
        if self.range_key is not None:
            self._rank(key, before, after)
        if self.shards and before != after:
            self._sequence += 1
            of = key if isinstance(key, str) else key[0]
            shard = self.shards[zlib.crc32(of.encode()) % len(self.shards)]
            shard.append(Change(self._sequence, before is None, kept))
        self.after_write()

    def _rank(self, key: Any, before: Item | None, after: Item | None) -> None:
        partition, place = key
        if (before is None) is not (after is None):
            _move(self._ranges.setdefault(partition, []), place, before is None)
        if self.index is not None:
            name = self.index[1]
            for item, comes in ((before, False), (after, True)):
                if item is not None and name in item:
                    ranked = self._indexed.setdefault(partition, [])
                    _move(ranked, (sortable(item[name]), place), comes)

    def query(self, request: Request) -> list[Item]:
        names = request.get("ExpressionAttributeNames")
        values = request["ExpressionAttributeValues"]
        asked = _key_condition(request["KeyConditionExpression"], frozen(names))
        partition = values[asked.partition]["S"]
        by_index = "IndexName" in request
        ranked = (self._indexed if by_index else self._ranges).get(partition, [])
        low, high = 0, len(ranked)
        if asked.value is not None:
            bound = sortable(values[asked.value])
            point = (lambda it: it[0]) if by_index else None
            left = bisect_left(ranked, bound, key=point)
            right = bisect_right(ranked, bound, key=point)
            low, high = {
                "=": (left, right),
                "<": (0, left),
                "<=": (0, right),
                ">": (right, high),
                ">=": (left, high),
            }[asked.how or "="]
        most = min(request.get("Limit", high - low), high - low)
        forward = request.get("ScanIndexForward", True)
        places = ranked[low : low + most] if forward else ranked[high - most : high][::-1]
        return [_decode(self.items[partition, it[1] if by_index else it]) for it in places]


def frozen(names: Mapping[str, str] | None) -> frozenset[tuple[str, str]]:
    """Names as a cache's key."""
    return frozenset(names.items()) if names else frozenset()


@lru_cache(maxsize=1_000)
def _key_condition(expression: str, names: frozenset[tuple[str, str]]) -> KeyCondition:
    return key_condition(expression, dict(names))


def _move(ranked: list[Any], place: Any, comes: bool) -> None:
    if comes:
        insort(ranked, place)
    else:
        del ranked[bisect_left(ranked, place)]
