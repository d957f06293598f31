"""The stage's table of releases, in DynamoDB.

Key `kind` and `build`: `("build", n)` for each build, `("stage", 0)` for the stage's state, which
also has a `revision`. What they say is JSON, in `value`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from calcutta.problems import Problem
from calcutta.release.logic.records import Build, StageState
from calcutta.release.ports import LockLost

_STATE = {"kind": {"S": "stage"}, "build": {"N": "0"}}


class ReleasesTable:
    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def state(self) -> tuple[StageState, int]:
        item = self._get(_STATE)
        if item is None:
            return StageState(), 0
        return _decoded(item, StageState), int(item["revision"]["N"])

    def save(self, state: StageState, revision: int) -> int:
        try:
            self._client.put_item(
                TableName=self._table,
                Item={**_STATE, "revision": {"N": str(revision + 1)}, "value": _encoded(state)},
                **_only_after(revision),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            raise LockLost from None
        return revision + 1

    def find(self, build: int) -> Build | None:
        item = self._get(_key(build))
        return None if item is None else _decoded(item, Build)

    def builds(self) -> list[Build]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="kind = :kind",
            ExpressionAttributeValues={":kind": {"S": "build"}},
            ConsistentRead=True,
        )
        return [_decoded(item, Build) for page in pages for item in page["Items"]]

    def add(self, build: Build) -> Build | None:
        """Write a new one; the one that is there already under this number, if there is."""
        try:
            self._client.put_item(
                TableName=self._table,
                Item={**_key(build.build), "value": _encoded(build)},
                ConditionExpression="attribute_not_exists(kind)",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return self.find(build.build)
        return None

    def replace(self, build: Build) -> None:
        self._client.put_item(
            TableName=self._table, Item={**_key(build.build), "value": _encoded(build)}
        )

    def _get(self, key: dict[str, Any]) -> dict[str, Any] | None:
        found = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        item: dict[str, Any] | None = found.get("Item")
        return item


def _only_after(revision: int) -> dict[str, Any]:
    if revision == 0:
        return {"ConditionExpression": "attribute_not_exists(kind)"}
    return {
        "ConditionExpression": "revision = :seen",
        "ExpressionAttributeValues": {":seen": {"N": str(revision)}},
    }


def _key(build: int) -> dict[str, Any]:
    return {"kind": {"S": "build"}, "build": {"N": str(build)}}


def _encoded(value: msgspec.Struct) -> dict[str, str]:
    return {"S": msgspec.json.encode(value).decode()}


def _decoded(item: dict[str, Any], kind: Any) -> Any:
    try:
        return msgspec.json.decode(item["value"]["S"], type=kind)
    except (KeyError, msgspec.DecodeError) as error:
        raise Problem(
            f"the release ledger's item {item['kind']['S']} {item['build']['N']} cannot be read "
            f"({error}): restore the table to before it was changed by hand"
        ) from None
