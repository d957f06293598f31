"""DynamoDB's typed values from and to plain Python: text, integers, booleans, bytes, None, lists
and maps. Numbers are integers, as everywhere here."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

Typed = dict[str, Any]
"""A value with its type, as `{"N": "5"}`."""

Item = dict[str, Typed]


def typed(value: Any) -> Typed:
    """Raises TypeError: DynamoDB has no such type, or nobody here uses it."""
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int():
            return {"N": str(value)}
        case None:
            return {"NULL": True}
        case bytes():
            return {"B": base64.b64encode(value).decode()}
        case list() | tuple():
            return {"L": [typed(it) for it in value]}
        case dict():
            return {"M": typed_item(value)}
    raise TypeError(f"no value of DynamoDB: {type(value).__name__}")


def typed_item(values: Mapping[str, Any]) -> Item:
    return {name: typed(value) for name, value in values.items()}


def plain(value: Typed) -> Any:
    """Raises ValueError: a type that nobody here writes, or a number that is no integer."""
    [(kind, content)] = value.items()
    match kind:
        case "S" | "BOOL":
            return content
        case "N":
            return int(content)
        case "NULL":
            return None
        case "B":
            return base64.b64decode(content)
        case "L":
            return [plain(it) for it in content]
        case "M":
            return plain_item(content)
    raise ValueError(f"a value of type {kind}")


def plain_item(item: Item) -> dict[str, Any]:
    return {name: plain(value) for name, value in item.items()}
