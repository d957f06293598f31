"""Random messages of any kind, built from the types of their fields."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

M = TypeVar("M", bound=msgspec.Struct)

ENOUGH = 3
"""The longest collection."""


def messages(kind: type[M]) -> st.SearchStrategy[M]:
    """Messages of one kind that keep to the constraints of their fields."""
    found: st.SearchStrategy[M] = _values(inspect.type_info(kind))
    return found


def _values(info: inspect.Type) -> st.SearchStrategy[Any]:
    match info:
        case inspect.Metadata():
            return _values(info.type)
        case inspect.IntType():
            highest = info.le if info.le is not None else None if info.lt is None else info.lt - 1
            return st.integers(info.ge or 0, highest if highest is not None else 10**9)
        case inspect.StrType():
            return _texts(info)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(info.values)
        case inspect.UnionType():
            return st.one_of(*map(_values, info.types))
        case inspect.VarTupleType() | inspect.ListType():
            return st.lists(_values(info.item_type), max_size=ENOUGH).map(tuple)
        case inspect.DictType():
            return st.dictionaries(
                _values(info.key_type), _values(info.value_type), max_size=ENOUGH
            )
        case inspect.StructType():
            fields = {field.name: _values(field.type) for field in info.fields}
            return st.builds(info.cls, **fields)
        case _:
            raise TypeError(f"no random values for {info}")


def _texts(info: inspect.StrType) -> st.SearchStrategy[str]:
    if info.pattern is not None:
        return st.from_regex(info.pattern)
    characters = st.characters(codec="utf-8")
    return st.text(characters, min_size=info.min_length or 0, max_size=info.max_length or 20)
