"""The two tables of a stage's settings: see `shared.settings_table`."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from calcutta.problems import Problem
from calcutta.stages import Stage
from shared.settings_table import value_of

ATTEMPTS = 10
"""How often a change gives way to others that were first."""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """A change of a setting.

    Attributes:
        value: None where it was unset.
        by: ARN of who made it.
    """

    name: str
    version: int
    value: Any
    by: str
    at_ms: int


class Stored(msgspec.Struct, frozen=True):
    """A row of the settings; without `version` it was written by other means."""

    value: Any
    version: int | None
    by: str | None
    at_ms: int | None


class SettingsStore:
    """Reads and changes the settings of a stage.

    Raises:
        Problem: from the beginning, if the stage has no such tables.
    """

    def __init__(self, stage: Stage) -> None:
        self._client = stage.client("dynamodb")
        self._table = stage.output("config", "SettingsTableName")
        self._history = stage.output("config", "SettingsHistoryTableName")

    def rows(self) -> dict[str, Stored]:
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True
        )
        return {item["name"]["S"]: _stored(item) for page in pages for item in page["Items"]}

    def values(self) -> dict[str, Any]:
        return {name: row.value for name, row in self.rows().items()}

    def change(self, name: str, value: int | None, *, by: str, at_ms: int) -> Change:
        """Set or unset (None) it and add to its history, both or neither. The history's key is the
        lock: whoever finds their version taken takes the next.

        Raises:
            Problem: others keep changing it.
        """
        for _ in range(ATTEMPTS):
            change = Change(name, self._latest(name) + 1, value, by, at_ms)
            try:
                self._write(change)
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionCanceledException":
                    raise
            else:
                return change
        raise Problem(f"others keep changing {name}; see calcutta config history {name}")

    def history(self, name: str | None = None) -> list[Change]:
        """The changes of a setting, or of all, newest first."""
        if name is None:
            asked: dict[str, Any] = {}
        else:
            asked = {
                "KeyConditionExpression": "#name = :name",
                "ExpressionAttributeNames": {"#name": "name"},
                "ExpressionAttributeValues": {":name": {"S": name}},
            }
        pages = self._client.get_paginator("query" if asked else "scan").paginate(
            TableName=self._history, ConsistentRead=True, **asked
        )
        found = [_change(item) for page in pages for item in page["Items"]]
        return sorted(found, key=lambda it: (it.at_ms, it.name, it.version), reverse=True)

    def _latest(self, name: str) -> int:
        found = self._client.query(
            TableName=self._history,
            KeyConditionExpression="#name = :name",
            ExpressionAttributeNames={"#name": "name"},
            ExpressionAttributeValues={":name": {"S": name}},
            ProjectionExpression="version",
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=1,
        )
        return max((int(item["version"]["N"]) for item in found["Items"]), default=0)

    def _write(self, change: Change) -> None:
        key = {"name": {"S": change.name}}
        item = {
            **key,
            "version": {"N": str(change.version)},
            "by": {"S": change.by},
            "at_ms": {"N": str(change.at_ms)},
        }
        if change.value is None:
            current: dict[str, Any] = {"Delete": {"TableName": self._table, "Key": key}}
        else:
            item["value"] = {"S": json.dumps(change.value)}
            current = {"Put": {"TableName": self._table, "Item": item}}
        recorded = {
            "TableName": self._history,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(version)",
        }
        self._client.transact_write_items(TransactItems=[current, {"Put": recorded}])


def _stored(item: dict[str, Any]) -> Stored:
    version, at_ms = (_number(item, key) for key in ("version", "at_ms"))
    return Stored(value_of(item), version, item.get("by", {}).get("S"), at_ms)


def _change(item: dict[str, Any]) -> Change:
    value = value_of(item) if "value" in item else None
    return Change(
        item["name"]["S"],
        int(item["version"]["N"]),
        value,
        item["by"]["S"],
        int(item["at_ms"]["N"]),
    )


def _number(item: dict[str, Any], key: str) -> int | None:
    number = item.get(key, {}).get("N")
    return None if number is None else int(number)
