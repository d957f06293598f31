"""Repairs of the emulator that show without a deploy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ministack.services import lambda_svc

from local.repairs import filter_by_what_is_missing

PATTERN = {"new": {"state": {"S": ["waiting"]}, "number": {"N": [{"exists": False}]}}}

Matches = Callable[[dict[str, Any], dict[str, Any]], bool]


@pytest.fixture
def matches(monkeypatch: pytest.MonkeyPatch) -> Matches:
    monkeypatch.setattr(lambda_svc, "_match_esm_filter", lambda_svc._match_esm_filter)
    filter_by_what_is_missing()
    repaired: Matches = lambda_svc._match_esm_filter
    return repaired


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({"state": {"S": "waiting"}}, True),
        ({"state": {"S": "waiting"}, "number": {"N": "7"}}, False),
        ({"state": {"S": "left"}}, False),
        ({}, False),
    ],
    ids=["who has no number", "who has one", "who left", "nobody"],
)
def test_a_filter_finds_what_is_missing(
    matches: Matches, image: dict[str, Any], expected: bool
) -> None:
    assert matches({"new": image}, PATTERN) is expected


def test_a_record_without_what_is_looked_into_is_not_found(matches: Matches) -> None:
    assert not matches({}, PATTERN)
