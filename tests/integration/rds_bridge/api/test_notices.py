"""From the outbox in SQL to the table whose stream the live auction follows."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from rds_bridge_service.adapters.leagues.book import KEPT_S, Notices
from rds_bridge_service.api.respond import respond
from rds_bridge_service.logic.leagues.ports import Rows
from tests.integration.rds_bridge.api.http import BIDDER, COMMISSIONER, NUMBERS, Api, event

NOW_S = 1_700_000_000


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        keys = {"auction_id": "HASH", "about": "RANGE"}
        client.create_table(
            TableName="notices",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": it, "AttributeType": "S"} for it in keys],
            KeySchema=[{"AttributeName": it, "KeyType": kind} for it, kind in keys.items()],
        )
        yield client


def notices(api: Api, client: Any) -> Notices:
    return Notices(api.engine, lambda: client, "notices", now_s=lambda: NOW_S)


def sent(client: Any) -> list[tuple[str, str]]:
    items = client.scan(TableName="notices")["Items"]
    return sorted((it["auction_id"]["S"], it["about"]["S"]) for it in items)


def remove(api: Api, league_id: str) -> None:
    route = "DELETE /leagues/{league_id}/members/{number}"
    number = NUMBERS[BIDDER]
    assert api.ask(route, COMMISSIONER, league_id=league_id, number=number).status == 204


def test_a_notice_is_sent_once_and_says_where_to_look(
    api: Api, league_id: str, dynamodb: Any
) -> None:
    remove(api, league_id)
    assert [notices(api, dynamodb).send() for _ in range(2)] == [(1, 0), (0, 0)]
    assert sent(dynamodb) == [(api.auction_id(league_id), f"member {BIDDER}")]


def test_a_notice_is_forgotten_after_a_day(api: Api, league_id: str, dynamodb: Any) -> None:
    remove(api, league_id)
    notices(api, dynamodb).send()
    [item] = dynamodb.scan(TableName="notices")["Items"]
    assert item["expires_at"]["N"] == str(NOW_S + KEPT_S)


def test_a_notice_about_the_rules_names_nobody(api: Api, league_id: str, dynamodb: Any) -> None:
    api.desk.book.writing(lambda rows: rows.of_members.notify("auction", None))
    notices(api, dynamodb).send()
    assert sent(dynamodb) == [("auction", "rules")]


def wait(api: Api, *users: str) -> None:
    """A notice about each of these users waits."""

    def notify(rows: Rows) -> None:
        for user in users:
            rows.of_members.notify("auction", user)

    api.desk.book.writing(notify)


def test_however_many_wait_all_are_sent(api: Api, dynamodb: Any) -> None:
    wait(api, *(f"user-{n}" for n in range(51)))
    assert notices(api, dynamodb).send() == (51, 0)
    assert len(sent(dynamodb)) == 51
    assert api.noticed() == []


class Unreachable:
    """Counts how often it was tried."""

    tried = 0

    def put_item(self, **_: object) -> None:
        self.tried += 1
        raise EndpointConnectionError(endpoint_url="https://dynamodb")


def test_what_cannot_be_sent_waits(api: Api, league_id: str, dynamodb: Any) -> None:
    remove(api, league_id)
    assert notices(api, Unreachable()).send() == (0, 1)
    assert notices(api, dynamodb).send() == (1, 0)


def test_where_one_notice_reaches_nobody_the_others_are_not_tried(api: Api) -> None:
    wait(api, *(f"user-{n}" for n in range(51)))
    unreachable = Unreachable()
    notices(api, unreachable).send()
    assert unreachable.tried == 1


class Refusing:
    """Takes no notice of one user."""

    def __init__(self, dynamodb: Any, user: str) -> None:
        self._dynamodb = dynamodb
        self._about = f"member {user}"

    def put_item(self, **asked: Any) -> None:
        if asked["Item"]["about"]["S"] == self._about:
            raise ClientError({"Error": {"Code": "ValidationException"}}, "PutItem")
        self._dynamodb.put_item(**asked)


@pytest.mark.parametrize("refused", ["ada", "bob", "cyd"])
def test_a_notice_that_is_refused_waits_alone(api: Api, dynamodb: Any, refused: str) -> None:
    wait(api, "ada", "bob", "cyd")
    assert notices(api, Refusing(dynamodb, refused)).send() == (2, 1)
    assert api.noticed() == [("auction", refused)]


def test_what_waits_goes_with_the_next_look_of_anybody(
    api: Api, league_id: str, dynamodb: Any
) -> None:
    remove(api, league_id)
    look = event("GET /leagues", "stranger")
    assert respond(look, api.desk, notices(api, dynamodb).send)["statusCode"] == 200
    assert sent(dynamodb) == [(api.auction_id(league_id), f"member {BIDDER}")]


def test_what_waits_goes_with_a_request_that_is_refused(
    api: Api, league_id: str, dynamodb: Any
) -> None:
    remove(api, league_id)
    look = event("GET /leagues/{league_id}", "stranger", league_id=league_id)
    assert respond(look, api.desk, notices(api, dynamodb).send)["statusCode"] == 404
    assert sent(dynamodb) == [(api.auction_id(league_id), f"member {BIDDER}")]


def test_nobody_who_is_not_signed_in_has_anything_sent(api: Api, league_id: str) -> None:
    asked: list[None] = []
    answer = respond(event("GET /leagues", None), api.desk, lambda: asked.append(None))
    assert (answer["statusCode"], asked) == (401, [])


def test_a_look_is_answered_where_notices_cannot_be_sent(api: Api, league_id: str) -> None:
    def broken() -> int:
        raise ConnectionError("no way out")

    answer = respond(event("GET /leagues", "stranger"), api.desk, broken)
    assert answer["statusCode"] == 200


def test_a_change_that_was_refused_leaves_no_notice(api: Api, league_id: str) -> None:
    route = "DELETE /leagues/{league_id}/members/{number}"
    api.ask(route, BIDDER, league_id=league_id, number=NUMBERS[BIDDER])
    assert api.noticed() == []
