from __future__ import annotations

from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from shared.aws.values import plain, typed

leaves = st.none() | st.booleans() | st.integers(-(10**37), 10**37) | st.text() | st.binary()
values = st.recursive(leaves, lambda it: st.lists(it) | st.dictionaries(st.text(), it))


@given(values)
def test_a_value_comes_back_as_it_was_written(value: Any) -> None:
    assert plain(typed(value)) == value


@given(st.recursive(leaves.filter(lambda it: not isinstance(it, bytes)), st.lists))
def test_a_value_is_written_as_boto3_does(value: Any) -> None:
    assert typed(value) == TypeSerializer().serialize(value)
    assert TypeDeserializer().deserialize(typed(value)) == value


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}])
def test_what_dynamodb_or_nobody_here_knows_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        typed(value)


@pytest.mark.parametrize("value", [{"N": "1.5"}, {"SS": ["a"]}])
def test_what_nobody_here_writes_is_not_read(value: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        plain(value)
