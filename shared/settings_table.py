"""The tables of `services/config`: what a stage is set to, and every change there was.

settings   name → `value` (JSON), and the `version`, `by` and `at_ms` of the change that set it
history    name, version → the same; without `value` where the setting was unset

Both are written in one transaction by `calcutta config`. The history's key is the lock: of two
changes at once, one finds its version taken and takes the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from shared.aws.dynamodb import DynamoDB
from shared.aws.errors import AwsError
from shared.aws.service import Patience
from shared.settings import SettingsUnavailable, Unreadable

MOST_EARLIER = 20
"""How many changes back somebody looks for a value that is still good."""

IMPATIENT = Patience(connect_s=1.0, answer_s=1.0, attempts=2)
"""Without the table there are the settings that were in force."""


class StoredSettings:
    """`SettingsSource` on DynamoDB.

    Args:
        dynamodb: where they are.
        table, history: names of the two tables.
    """

    def __init__(self, dynamodb: DynamoDB, table: str, history: str) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._history = history

    def stored(self) -> dict[str, Any]:
        try:
            request = {"TableName": self._table, "ConsistentRead": True}
            items = self._dynamodb.pages("Scan", request, IMPATIENT)
            return {item["name"]["S"]: value_of(item) for item in items}
        except AwsError as error:
            raise SettingsUnavailable(error.code) from error

    def earlier(self, name: str) -> Sequence[Any]:
        try:
            found = self._dynamodb.call(
                "Query",
                {
                    "TableName": self._history,
                    "KeyConditionExpression": "#name = :name",
                    "ExpressionAttributeNames": {"#name": "name"},
                    "ExpressionAttributeValues": {":name": {"S": name}},
                    "ScanIndexForward": False,
                    "ConsistentRead": True,
                    "Limit": MOST_EARLIER,
                },
                IMPATIENT,
            )
        except AwsError as error:
            raise SettingsUnavailable(error.code) from error
        values = []
        for item in found["Items"]:
            if "value" not in item:
                break
            values.append(value_of(item))
        return values


def value_of(item: dict[str, Any]) -> Any:
    """The value in an item of either table, or why it cannot be read."""
    stored = item.get("value")
    if stored is None:
        return Unreadable("the row has no value")
    if "S" not in stored:
        return Unreadable(f"the row's value is of type {next(iter(stored))}, not JSON in a string")
    try:
        return msgspec.json.decode(stored["S"])
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Unreadable("the row's value is no JSON")
