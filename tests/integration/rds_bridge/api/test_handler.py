"""The function as AWS invokes it."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from rds_bridge_service import wiring
from rds_bridge_service.handlers import send_notices, serve_leagues
from tests.integration.rds_bridge.api.http import CREATE, event


@pytest.fixture
def notices(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The environment of the function, and the table that it tells the live auction by."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "DATABASE_URL": database_url,
        "NOTICES_TABLE": "notices",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    wiring.container.cache_clear()
    wiring._dynamodb.cache_clear()
    with mock_aws():
        keys = {"auction_id": "HASH", "about": "RANGE"}
        yield boto3.resource("dynamodb").create_table(
            TableName="notices",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": it, "AttributeType": "S"} for it in keys],
            KeySchema=[{"AttributeName": it, "KeyType": kind} for it, kind in keys.items()],
        )
        wiring.container().engine.dispose()
    wiring.container.cache_clear()
    wiring._dynamodb.cache_clear()


def ask(route: str, user: str, **what: Any) -> Any:
    answer = serve_leagues.handler(event(route, user, **what), None)
    assert answer["statusCode"] < 300, answer
    return json.loads(answer.get("body", "null"))


def test_what_changes_in_a_league_is_on_its_way_when_it_is_answered(notices: Any) -> None:
    headers = {"idempotency-key": "k"}
    league = ask("POST /leagues", "chair", body=CREATE, headers=headers)
    of_league = {"league_id": league["league_id"]}
    invite = ask("POST /leagues/{league_id}/invite", "chair", **of_league)
    ask("POST /memberships", "ada", body={"code": invite["code"], "member_name": "Ada"})
    assert [(it["auction_id"], it["about"]) for it in notices.scan()["Items"]] == [
        (league["auction_id"], "member ada")
    ]


def test_what_was_left_behind_is_sent_every_minute(notices: Any) -> None:
    wiring.container().book.writing(lambda rows: rows.of_members.notify("auction", "ada"))
    assert [send_notices.handler({}, None) for _ in range(2)] == [
        {"sent": 1, "waiting": 0},
        {"sent": 0, "waiting": 0},
    ]
    assert [it["about"] for it in notices.scan()["Items"]] == ["member ada"]


def test_what_still_waits_is_counted(notices: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[dict[str, float]] = []
    monkeypatch.setattr(send_notices, "emit", counted.append)
    assert send_notices.handler({}, None) == {"sent": 0, "waiting": 0}
    notices.delete()
    wiring.container().book.writing(lambda rows: rows.of_members.notify("auction", "ada"))
    assert send_notices.handler({}, None) == {"sent": 0, "waiting": 1}
    assert counted == [{"NoticesWait": 1}]


def test_a_code_has_no_letters_that_look_alike(notices: Any) -> None:
    codes = "".join(wiring.container().new_code() for _ in range(100))
    assert len(codes) == 1_200
    assert not set(codes) & set("IO01")
