"""DynamoDB by botocore's client: items, expressions, and what a failed condition says."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Mapping
from typing import Any

from botocore.exceptions import ClientError

Item = dict[str, Any]

_NAME = re.compile(r"#(\w+)")


def to_item(values: Mapping[str, Any]) -> Item:
    """Strings, integers and booleans as DynamoDB writes them; what is None is left out."""
    return {name: _to_attribute(it) for name, it in values.items() if it is not None}


def _to_attribute(value: str | int | bool) -> dict[str, Any]:
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
    raise TypeError(f"{type(value).__name__} is not kept")


def from_item(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The values of an item; ValueError or TypeError for what is no such item."""
    return {name: _from_attribute(it) for name, it in item.items()}


def _from_attribute(attribute: Mapping[str, Any]) -> str | int | bool:
    [(kind, value)] = attribute.items()
    match kind, value:
        case "BOOL", bool():
            return value
        case "N", str():
            return int(value)
        case "S", str():
            return value
    raise ValueError(f"an attribute of type {kind}")


def change(
    table: str,
    key: Mapping[str, Any],
    *,
    sets: Mapping[str, Any] | None = None,
    adds: Mapping[str, int] | None = None,
    removes: Iterable[str] = (),
    condition: str | None = None,
    **values: Any,
) -> dict[str, Any]:
    """The arguments of an update; its condition names attributes `#so` and `values` `:so`."""
    parts = []
    found: dict[str, Any] = {}
    for word, pairs, between in (("SET", sets or {}, " = "), ("ADD", adds or {}, " ")):
        if pairs:
            each = (f"#{name}{between}:{word.lower()}_{name}" for name in pairs)
            parts.append(f"{word} {', '.join(each)}")
            found |= {f":{word.lower()}_{name}": it for name, it in pairs.items()}
    if removes := list(removes):
        parts.append(f"REMOVE {', '.join(f'#{name}' for name in removes)}")
    expression = " ".join(parts)
    found |= {f":{name}": it for name, it in values.items()}
    names = set(_NAME.findall(f"{expression} {condition or ''}"))
    arguments: dict[str, Any] = {
        "TableName": table,
        "Key": to_item(key),
        "UpdateExpression": expression,
        "ExpressionAttributeNames": {f"#{name}": name for name in sorted(names)},
    }
    if found:
        arguments["ExpressionAttributeValues"] = to_item(found)
    if condition is not None:
        arguments["ConditionExpression"] = condition
    return arguments


def code_of(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


CONDITION_FAILED = "ConditionalCheckFailedException"
CONFLICT = "TransactionConflictException"
CONFLICT_S = 0.05
"""How long to stay out of the way of a transaction, at most."""


def changed(client: Any, arguments: Mapping[str, Any], attempts: int = 8) -> bool:
    """Update an item; False if its condition does not hold.

    A transaction on the same item refuses an update that meets it: it is made again.
    """
    for left in range(attempts, 0, -1):
        try:
            client.update_item(**arguments)
        except ClientError as error:
            if code_of(error) == CONDITION_FAILED:
                return False
            if code_of(error) != CONFLICT or left == 1:
                raise
            time.sleep(random.uniform(0, CONFLICT_S))  # noqa: S311 - to miss each other
        else:
            break
    return True
