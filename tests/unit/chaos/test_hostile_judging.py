"""What a hostile caller may be told, and what not."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from chaos.hostile.attack import FORBIDDEN, MALFORMED, Attack, frame_event
from chaos.hostile.frames import Frames
from chaos.hostile.judging import judge


def attack(*codes: str, body: str = "{") -> Attack:
    return Attack("cut off", "place_bid", frame_event(body, 1, "bidder"), frozenset(codes))


def reply(**fields: Any) -> dict[str, Any]:
    refused = {"type": "refused", "code": MALFORMED, "message": "no"} | fields
    return {"statusCode": 200, "body": json.dumps(refused)}


def test_a_coded_refusal_is_right() -> None:
    assert judge(attack(MALFORMED), reply()).wrong is None


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "accepted"},
        {"code": "internal_error"},
        {"code": FORBIDDEN},
        {"message": "Traceback (most recent call last)"},
        {"message": "botocore.exceptions.ClientError"},
        {"message": "canary7f3a-auctions"},
        {"message": "x" * 500},
        {"request_id": "of-somebody-else"},
    ],
)
def test_anything_else_is_wrong(fields: dict[str, Any]) -> None:
    assert judge(attack(MALFORMED), reply(**fields)).wrong is not None


def test_a_500_is_wrong() -> None:
    assert judge(attack(MALFORMED), reply() | {"statusCode": 500}).wrong is not None


def problem(**changes: Any) -> dict[str, Any]:
    said = {"status": 404, "code": "not_found", "detail": "no"} | changes
    headers = {"content-type": "application/problem+json"}
    return {"statusCode": 404, "headers": headers, "body": json.dumps(said)}


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (problem(), True),
        (problem(status=500), False),
        (problem(code="internal_error"), False),
        (problem(detail="sqlalchemy.exc"), False),
        (problem() | {"headers": {"content-type": "application/json"}}, False),
        ({"statusCode": 204, "headers": {}}, False),
    ],
)
def test_a_request_is_refused_with_a_problem(answer: dict[str, Any], right: bool) -> None:
    asked = Attack("league: of others", "serve_leagues", {}, frozenset(("404",)))
    assert (judge(asked, answer).wrong is None) == right


def test_the_same_seed_makes_the_same_attacks() -> None:
    first, second = (Frames(random.Random(1)) for _ in range(2))
    assert [first.attack() for _ in range(200)] == [second.attack() for _ in range(200)]
