"""DynamoDB's expressions, compiled once into functions of an item and the request's values.

Left out: paths into maps and lists, sets, `size`, `contains`, `begins_with`, `BETWEEN`, `<>` and
`if_not_exists`; what is left out raises `NotCompiled`, and never means something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec

Attribute = Mapping[str, Any]
Item = dict[str, Any]
Values = Mapping[str, Attribute]
Operand = Callable[[Item, Values], "Attribute | None"]
Condition = Callable[[Item, Values], bool]
Change = Callable[[Item, Item, Values], None]
"""Takes the item as it was, and changes the one that is to be."""

_TOKEN = re.compile(r"\s*([#:]?[\w-]+|<=|>=|<>|[=<>(),+.\[\]])")


class NotCompiled(ValueError):
    """An expression that DynamoDB would not take, or that is left out here."""


class Compiled(msgspec.Struct, frozen=True):
    """What a request's expressions come to.

    Attributes:
        condition: of the item as it is; None: there is none.
        changes: what an update does.
        values: the values that the expressions name.
    """

    condition: Condition | None
    changes: tuple[Change, ...]
    values: frozenset[str]


class KeyCondition(msgspec.Struct, frozen=True):
    """The value that names a partition, and how its range key is compared with which value."""

    partition: str
    ranged_by: str | None = None
    how: str | None = None
    value: str | None = None


def compiled(
    condition: str | None, update: str | None, names: Mapping[str, str] | None
) -> Compiled:
    """Compile a condition and an update, of which either may be None.

    Raises:
        NotCompiled
    """
    reader = _Reader(names or {})
    holds = reader.whole(condition, reader.either) if condition else None
    changes = reader.whole(update, reader.changes) if update else ()
    if reader.named != set(names or {}):
        raise NotCompiled(f"names that no expression uses: {set(names or {}) - reader.named}")
    return Compiled(holds, changes, frozenset(reader.valued))


def key_condition(expression: str, names: Mapping[str, str] | None) -> KeyCondition:
    """Read `hash = :value`, or that AND a comparison of the range key.

    Raises:
        NotCompiled
    """
    left, _, right = expression.replace("(", " ").replace(")", " ").partition(" AND ")
    _, how, partition = left.split()
    if how != "=":
        raise NotCompiled(expression)
    if not right.strip():
        return KeyCondition(partition)
    name, how, value = right.split()
    return KeyCondition(partition, (names or {}).get(name, name), how, value)


class _Reader:
    """Reads expressions of one request by recursive descent, and remembers what they use."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._tokens: list[str] = []
        self.named: set[str] = set()
        self.valued: set[str] = set()

    def whole(self, text: str, read: Callable[[], Any]) -> Any:
        self._tokens = _tokens(text)[::-1]
        found = read()
        if self._tokens:
            raise NotCompiled(f"{text!r}: {self._tokens[-1]!r} is not understood")
        return found

    def either(self) -> Condition:
        found = [self._both()]
        while self._take("OR"):
            found.append(self._both())
        return found[0] if len(found) == 1 else lambda it, of: any(each(it, of) for each in found)

    def _both(self) -> Condition:
        found = [self._one()]
        while self._take("AND"):
            found.append(self._one())
        return found[0] if len(found) == 1 else lambda it, of: all(each(it, of) for each in found)

    def _one(self) -> Condition:
        if self._take("NOT"):
            opposite = self._one()
            return lambda it, of: not opposite(it, of)
        if self._take("("):
            inner = self.either()
            self._require(")")
            return inner
        for word, is_there in (("attribute_exists", True), ("attribute_not_exists", False)):
            if self._take(word):
                self._require("(")
                name = self._name()
                self._require(")")
                return partial(_exists, name, is_there)
        left = self._operand()
        if self._take("IN"):
            self._require("(")
            return partial(_is_in, left, self._list(self._operand))
        how = self._next()
        if how not in _COMPARE:
            raise NotCompiled(f"{how!r} is no comparison here")
        return partial(_compares, left, _COMPARE[how], self._operand())

    def changes(self) -> tuple[Change, ...]:
        found: list[Change] = []
        while self._tokens:
            word = self._next()
            if word not in ("SET", "ADD", "REMOVE"):
                raise NotCompiled(f"{word!r} is no clause here")
            found.append(self._change(word))
            while self._take(","):
                found.append(self._change(word))
        return tuple(found)

    def _change(self, word: str) -> Change:
        name = self._name()
        if word == "REMOVE":
            return partial(_remove, name)
        if word == "ADD":
            return partial(_add, name, self._operand())
        self._require("=")
        return partial(_set, name, self._operand())

    def _list(self, read: Callable[[], Operand]) -> list[Operand]:
        found = [read()]
        while self._take(","):
            found.append(read())
        self._require(")")
        return found

    def _operand(self) -> Operand:
        if self._tokens and self._tokens[-1].startswith(":"):
            value = self._next()
            self.valued.add(value)
            return lambda _, of: of[value]
        name = self._name()
        return lambda it, _: it.get(name)

    def _name(self) -> str:
        token = self._next()
        if self._tokens and self._tokens[-1] in (".", "[", "("):
            raise NotCompiled(f"{token!r} is a path or a function that is left out")
        if not token.startswith("#"):
            return token
        if token not in self._names:
            raise NotCompiled(f"{token!r} is no name of this request")
        self.named.add(token)
        return self._names[token]

    def _next(self) -> str:
        if not self._tokens:
            raise NotCompiled("the expression ends too soon")
        return self._tokens.pop()

    def _take(self, token: str) -> bool:
        if self._tokens and self._tokens[-1] == token:
            self._tokens.pop()
            return True
        return False

    def _require(self, token: str) -> None:
        if not self._take(token):
            raise NotCompiled(f"{token!r} is missing")


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotCompiled(f"{text[at:]!r} is not understood")
        found.append(match[1])
        at = match.end()
    return found


def _exists(name: str, is_there: bool, item: Item, _: Values) -> bool:
    return (name in item) is is_there


def _is_in(left: Operand, among: list[Operand], item: Item, values: Values) -> bool:
    mine = left(item, values)
    return any(_equal(mine, other(item, values)) for other in among)


def _compares(
    left: Operand,
    how: Callable[[Attribute | None, Attribute | None], bool],
    right: Operand,
    item: Item,
    values: Values,
) -> bool:
    return how(left(item, values), right(item, values))


def _equal(one: Attribute | None, other: Attribute | None) -> bool:
    if one is None or other is None:
        return False
    if one == other:
        return True
    return "N" in one and "N" in other and number_of(one) == number_of(other)


def _in_order(strict: bool, at_equal: bool, one: Attribute | None, other: Attribute | None) -> bool:
    if one is None or other is None or one.keys() != other.keys():
        return False
    if _equal(one, other):
        return at_equal
    return strict is (sortable(one) < sortable(other))


_COMPARE: dict[str, Callable[[Attribute | None, Attribute | None], bool]] = {
    "=": _equal,
    "<": partial(_in_order, True, False),
    "<=": partial(_in_order, True, True),
    ">": partial(_in_order, False, False),
    ">=": partial(_in_order, False, True),
}


def sortable(attribute: Attribute) -> Any:
    """A key's value as it is ordered: a number, or the bytes of a text."""
    [(kind, value)] = attribute.items()
    if kind == "N":
        return number_of(attribute)
    if kind == "S":
        return value.encode()
    raise NotCompiled(f"an attribute of type {kind} has no order here")


def number_of(attribute: Attribute) -> int | Decimal:
    text = attribute["N"]
    return int(text) if text.isdigit() else Decimal(text)


def _set(name: str, operand: Operand, before: Item, after: Item, values: Values) -> None:
    found = operand(before, values)
    if found is None:
        raise NotCompiled("SET to an attribute that does not exist")
    after[name] = found


def _add(name: str, operand: Operand, before: Item, after: Item, values: Values) -> None:
    found = operand(before, values)
    if found is None or "N" not in found:
        raise NotCompiled("ADD of what is no number")
    was = before.get(name, {"N": "0"})
    after[name] = {"N": str(number_of(was) + number_of(found))}


def _remove(name: str, before: Item, after: Item, values: Values) -> None:
    after.pop(name, None)
