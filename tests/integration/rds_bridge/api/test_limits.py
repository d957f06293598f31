"""What a league may have at most, put once more than that."""

from __future__ import annotations

from typing import Any

import pytest

from shared.limits import MAX_BID_RULES, MAX_BUNDLED_SEEDS, MAX_LOTS
from shared.settlement import MAX_PAYOUT_RULES, MAX_TAX_BRACKETS
from tests.integration.rds_bridge.api.http import TOURNAMENT, Api


def payouts(count: int) -> dict[str, Any]:
    """The last one pays all that the others leave."""
    fixed = [{"name": f"Prize {n}", "fixed_cents": 1} for n in range(count - 1)]
    return {"payouts": [*fixed, {"name": "Rest", "basis_points": 10_000}]}


def tax(count: int) -> dict[str, Any]:
    return {"tax": [{"from_cents": n * 100, "basis_points": 100} for n in range(count)]}


def bid_rules(count: int) -> dict[str, Any]:
    return {"bid_rules": [{"from_cents": n * 100, "increment_cents": 100} for n in range(count)]}


def bundled(count: int) -> dict[str, Any]:
    return TOURNAMENT | {"bundled_seeds": [2] * count}


def lots(count: int) -> dict[str, Any]:
    return {"lots": [{"slot_ids": [f"S{n:03d}"]} for n in range(1, count + 1)]}


LIMITS = [
    ("/settlement-rules", payouts, MAX_PAYOUT_RULES, "$.payouts"),
    ("/settlement-rules", tax, MAX_TAX_BRACKETS, "$.tax"),
    ("/rules", bid_rules, MAX_BID_RULES, "$.bid_rules"),
    ("/tournament", bundled, MAX_BUNDLED_SEEDS, "$.bundled_seeds"),
    ("/lots", lots, MAX_LOTS, "$.lots"),
]


@pytest.mark.parametrize(
    ("what", "some", "limit", "field"), LIMITS, ids=[field for *_, field in LIMITS]
)
def test_one_more_than_there_may_be_is_refused(
    api: Api, league_id: str, what: str, some: Any, limit: int, field: str
) -> None:
    answer = api.put(league_id, what, some(limit + 1))
    assert (answer.status, answer.body["field"]) == (400, field)


@pytest.mark.parametrize(
    ("what", "some", "limit", "field"), LIMITS[:-1], ids=[field for *_, field in LIMITS[:-1]]
)
def test_as_many_as_there_may_be_are_kept(
    api: Api, league_id: str, what: str, some: Any, limit: int, field: str
) -> None:
    """But for lots, of which this field has slots for four."""
    assert api.put(league_id, what, some(limit)).status == 200, field
