"""An in-process DynamoDB that takes a million waiters in minutes: tables in memory.

What it keeps: typed attributes, conditions and updates by their expressions, transactions that are
made whole or not at all and say which condition failed, queries of a partition by its range key or
one local index, reads and writes in batches, streams of new images in shards, the size of an item,
and that a write uses every name and value that it brings. Items are kept as bytes, so that
nobody who has read one can change it.

What it leaves out: everything else of the API, most of what DynamoDB checks of a request (reserved
words among it), capacity and throttling, eventual consistency, time to live, pages (one answer
holds all), and the order of a stream's shards to each other. An item's size is that of its bytes
here. `tests/unit/bench` compares it with moto, which copies whole tables for a transaction and so
cannot hold a crowd.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bench.scene.expressions import Compiled, Item, NotCompiled, compiled
from bench.scene.table import Refusal, Request, Table, frozen

MOST_WRITES, MOST_READS = 100, 100


class DynamoDb:
    """Tables by their names, and operations on them as botocore asks for them."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = dict(tables)

    def call(self, operation: str, request: Request) -> Any:
        """What the operation answers. Raises Refusal; KeyError for what is left out."""
        return getattr(self, _OPERATIONS[operation])(request)

    def _get(self, request: Request) -> Any:
        table = self.tables[request["TableName"]]
        found = table.get(table.key(request["Key"]))
        return {} if found is None else {"Item": found}

    def _batch_get(self, request: Request) -> Any:
        asked = request["RequestItems"]
        if sum(len(of["Keys"]) for of in asked.values()) > MOST_READS:
            raise Refusal("ValidationException", "Too many items requested")
        responses = {}
        for name, of in asked.items():
            table = self.tables[name]
            found = (table.get(table.key(key)) for key in of["Keys"])
            responses[name] = [it for it in found if it is not None]
        return {"Responses": responses, "UnprocessedKeys": {}}

    def _query(self, request: Request) -> Any:
        items = self.tables[request["TableName"]].query(request)
        return {"Items": items, "Count": len(items), "ScannedCount": len(items)}

    def _scan(self, request: Request) -> Any:
        items = list(self.tables[request["TableName"]].all())
        return {"Items": items, "Count": len(items), "ScannedCount": len(items)}

    def _put(self, request: Request) -> Any:
        return self._write("Put", request)

    def _update(self, request: Request) -> Any:
        return self._write("Update", request)

    def _delete(self, request: Request) -> Any:
        return self._write("Delete", request)

    def _write(self, kind: str, request: Request) -> Any:
        table, key, before, code = self._prepare(kind, request)
        if code is not None:
            shown = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" and before
            raise Refusal(
                code, "The conditional request failed", **({"Item": before} if shown else {})
            )
        after = _after(kind, request, before)
        table.write(key, before, after)
        wanted = request.get("ReturnValues")
        shown = {"ALL_NEW": after, "ALL_OLD": before}.get(wanted or "")
        return {"Attributes": shown} if shown else {}

    def _prepare(self, kind: str, request: Request) -> tuple[Table, Any, Item | None, str | None]:
        """The table, the key and the item there; and a code if the condition does not hold."""
        table = self.tables[request["TableName"]]
        key = table.key(request["Item" if kind == "Put" else "Key"])
        before = table.get(key)
        condition, values = _compiled(request).condition, request.get("ExpressionAttributeValues")
        holds = condition is None or condition(before or {}, values or {})
        return table, key, before, None if holds else "ConditionalCheckFailedException"

    def _transact(self, request: Request) -> Any:
        """Every condition is seen to before anything is written."""
        writes = [next(iter(it.items())) for it in request["TransactItems"]]
        if len(writes) > MOST_WRITES:
            raise Refusal("ValidationException", f"{len(writes)} writes in a transaction")
        prepared = [self._prepare(kind, of) for kind, of in writes]
        if len({(id(table), key) for table, key, *_ in prepared}) < len(writes):
            raise Refusal("ValidationException", "one item twice in a transaction")
        if any(code for *_, code in prepared):
            reasons = [{"Code": "ConditionalCheckFailed" if it[3] else "None"} for it in prepared]
            raise Refusal("TransactionCanceledException", CancellationReasons=reasons)
        after = [
            _after(kind, of, before)
            for (kind, of), (_, _, before, _) in zip(writes, prepared, strict=True)
        ]
        for (table, key, before, _), item in zip(prepared, after, strict=True):
            table.write(key, before, item)
        return {}


_OPERATIONS = {
    "GetItem": "_get",
    "BatchGetItem": "_batch_get",
    "Query": "_query",
    "Scan": "_scan",
    "PutItem": "_put",
    "UpdateItem": "_update",
    "DeleteItem": "_delete",
    "TransactWriteItems": "_transact",
}


def _after(kind: str, request: Request, before: Item | None) -> Item | None:
    if kind == "Delete":
        return None
    if kind == "Put":
        return dict(request["Item"])
    was = before or {}
    after = {**(before or request["Key"])}
    values = request.get("ExpressionAttributeValues") or {}
    for change in _compiled(request).changes:
        change(was, after, values)
    return after


def _compiled(request: Request) -> Compiled:
    found = _compile(
        request.get("ConditionExpression"),
        request.get("UpdateExpression"),
        frozen(request.get("ExpressionAttributeNames")),
    )
    if found.values != (request.get("ExpressionAttributeValues") or {}).keys():
        raise Refusal("ValidationException", "a value that is missing, or that nothing uses")
    return found


@lru_cache(maxsize=1_000)
def _compile(
    condition: str | None, update: str | None, names: frozenset[tuple[str, str]]
) -> Compiled:
    try:
        return compiled(condition, update, dict(names))
    except NotCompiled as error:
        raise Refusal("ValidationException", str(error)) from None
