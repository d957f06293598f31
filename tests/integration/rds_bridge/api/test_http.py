"""What holds for every request: headers, bodies, pages and problem details."""

import base64
import json
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from rds_bridge_service.api.respond import respond
from rds_bridge_service.logic.leagues.operations import OPERATIONS
from shared.limits import MAX_REQUEST_BYTES
from tests.integration.rds_bridge.api.http import (
    ADMIN,
    BIDDER,
    COMMISSIONER,
    CREATE,
    NUMBERS,
    TOURNAMENT,
    Api,
    event,
)
from tests.integration.rds_bridge.api.table import LEAVE, TABLE, everything
from tests.unit.rds_bridge.driver_errors import DEADLOCKS, of_sql_server, wrapped

READ = "GET /leagues/{league_id}"
RENAME = "PATCH /leagues/{league_id}"


def test_a_league_is_made_once_for_each_key(api: Api) -> None:
    assert api.league("one") == api.league("one") != api.league("two")


def test_the_keys_of_two_users_are_not_the_same(api: Api) -> None:
    assert api.league("one") != api.league("one", "somebody-else")


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 65])
def test_a_league_is_not_made_without_a_usable_key(api: Api, key: str | None) -> None:
    headers = {} if key is None else {"idempotency-key": key}
    answer = api.ask("POST /leagues", COMMISSIONER, body=CREATE, headers=headers)
    assert (answer.status, answer.body["field"]) == (400, "header:Idempotency-Key")


def test_nobody_makes_leagues_without_end(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rds_bridge_service.logic.leagues.leagues.MAX_LEAGUES", 2)
    made = [api.league(f"key-{n}") for n in range(2)]
    refused = api.ask(
        "POST /leagues", COMMISSIONER, body=CREATE, headers={"idempotency-key": "one-more"}
    )
    assert (refused.status, refused.body["code"]) == (409, "too_many_leagues")
    assert api.league("key-1") == made[1]
    assert api.league("one-more", "somebody-else")


def test_what_was_made_says_where_it_is(api: Api) -> None:
    headers = {"idempotency-key": "k"}
    made = api.ask("POST /leagues", COMMISSIONER, body=CREATE, headers=headers)
    assert made.headers["location"] == f"/leagues/{made.body['league_id']}"


def test_a_change_without_a_version_is_refused(api: Api, league_id: str) -> None:
    answer = api.ask(RENAME, COMMISSIONER, league_id=league_id, body={"name": "B"})
    assert (answer.status, answer.body["code"]) == (428, "version_required")


def test_a_change_of_what_was_changed_meanwhile_is_refused(api: Api, league_id: str) -> None:
    headers = api.if_match(league_id)
    for name, status in (("B", 200), ("C", 412)):
        answer = api.ask(
            RENAME, COMMISSIONER, league_id=league_id, body={"name": name}, headers=headers
        )
        assert answer.status == status
    assert api.ask(READ, COMMISSIONER, league_id=league_id).body["name"] == "B"


def test_whatever_is_put_names_the_version_it_replaces() -> None:
    """And what is deleted whole; the rest of DELETE comes to the same however often."""
    versioned = {it.route for it in OPERATIONS if it.versioned}
    assert versioned == {it.route for it in OPERATIONS if it.method in ("PUT", "PATCH")} | {
        "DELETE /leagues/{league_id}"
    }


@pytest.mark.parametrize("route", sorted(it.route for it in OPERATIONS if it.versioned))
def test_a_version_that_is_missing_or_old_changes_nothing(
    api: Api, league_id: str, route: str
) -> None:
    asked = {"league_id": league_id, "number": NUMBERS[BIDDER], "body": TABLE[route][1]}
    before = everything(api.engine)
    told = [
        api.ask(route, COMMISSIONER, **asked, headers=headers)
        for headers in ({}, {"if-match": '"999"'})
    ]
    assert [(it.status, it.body["code"]) for it in told] == [
        (428, "version_required"),
        (412, "outdated"),
    ]
    assert everything(api.engine) == before


@pytest.mark.parametrize(
    ("route", "user"),
    [
        ("DELETE /leagues/{league_id}/members/{number}", COMMISSIONER),
        ("DELETE /leagues/{league_id}/membership", BIDDER),
    ],
)
def test_a_version_that_need_not_be_named_holds_where_it_is(
    api: Api, league_id: str, route: str, user: str
) -> None:
    number = NUMBERS[BIDDER]
    path = {"league_id": league_id, "number": number}
    headers = ({"if-match": '"999"'}, {"if-match": "one"}, api.if_match(league_id, number))
    told = [api.ask(route, user, **path, headers=it).status for it in headers]
    assert told == [412, 400, 204]


@pytest.mark.parametrize("route", sorted(it.route for it in OPERATIONS if it.method != "GET"))
def test_a_version_is_heeded_or_refused_and_never_ignored(
    api: Api, league_id: str, route: str
) -> None:
    asked = {"league_id": league_id, "number": NUMBERS[BIDDER], "body": TABLE[route][1]}
    before = everything(api.engine)
    user = ADMIN if route == LEAVE else COMMISSIONER
    headers = {"if-match": '"999"', "idempotency-key": "k"}
    answer = api.ask(route, user, **asked, headers=headers)
    assert (answer.status, answer.body["field"]) in [(n, "header:If-Match") for n in (400, 412)]
    assert everything(api.engine) == before


def test_the_answer_to_a_change_has_the_next_version(api: Api, league_id: str) -> None:
    change = {"league_id": league_id, "body": {"name": "B"}, "headers": api.if_match(league_id)}
    assert api.ask(RENAME, COMMISSIONER, **change).etag == api.if_match(league_id)["if-match"]


@pytest.mark.parametrize("etag", ["1", 'W/"1"', '"one"', "*", '"1", "2"'])
def test_an_etag_of_another_kind_is_refused(api: Api, league_id: str, etag: str) -> None:
    change = {"league_id": league_id, "body": {"name": "B"}, "headers": {"If-Match": etag}}
    answer = api.ask(RENAME, COMMISSIONER, **change)
    assert (answer.status, answer.body["field"]) == (400, "header:If-Match")


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ("", "malformed_message", None),
        ("{", "malformed_message", None),
        ("[]", "invalid_message", "$"),
        ({}, "invalid_message", "$"),
        ({"name": "B", "owner": "me"}, "invalid_message", "$"),
        ({"name": 5}, "invalid_message", "$.name"),
        ({"name": "B\u0007"}, "invalid_message", "$.name"),
        ({"name": ""}, "invalid_message", "$.name"),
        ({"name": "  "}, "invalid_message", "$.name"),
    ],
)
def test_a_body_that_cannot_be_used_is_refused_with_its_field(
    api: Api, league_id: str, body: Any, code: str, field: str | None
) -> None:
    headers = api.if_match(league_id)
    answer = api.ask(RENAME, COMMISSIONER, league_id=league_id, body=body, headers=headers)
    assert (answer.status, answer.body["code"]) == (400, code)
    assert answer.body.get("field") == field


def test_a_name_is_kept_without_blanks_around_it(api: Api, league_id: str) -> None:
    change = {"league_id": league_id, "headers": api.if_match(league_id)}
    assert api.ask(RENAME, COMMISSIONER, **change, body={"name": " B "}).body["name"] == "B"


def test_a_body_may_come_in_base64(api: Api, league_id: str) -> None:
    headers = api.if_match(league_id)
    encoded = event(RENAME, COMMISSIONER, league_id=league_id, headers=headers) | {
        "body": base64.b64encode(b'{"name":"B"}').decode(),
        "isBase64Encoded": True,
    }
    assert respond(encoded, api.desk, lambda: None)["statusCode"] == 200


def test_a_body_that_is_too_long_is_not_read(api: Api) -> None:
    body = json.dumps({"teams_csv": "x" * MAX_REQUEST_BYTES})
    assert api.ask("POST /tournament-previews", BIDDER, body=body).status == 413


def test_a_problem_says_what_it_is_in_the_form_of_rfc_9457(api: Api) -> None:
    answer = api.ask(READ, COMMISSIONER, league_id="nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.body == {
        "type": "urn:calcutta:problem:not_found",
        "title": "Not found",
        "status": 404,
        "detail": "there is no such league, or you are not a member of it",
        "code": "not_found",
    }


def test_a_file_is_refused_with_its_problems_by_line(api: Api) -> None:
    tournament = TOURNAMENT | {"teams_csv": "region,seed,team,play_in\nEast,x,Alphas,no\n"}
    answer = api.ask(
        "POST /leagues",
        COMMISSIONER,
        body=CREATE | {"tournament": tournament},
        headers={"idempotency-key": "k"},
    )
    assert answer.status == 422
    assert [(it["file"], it["line"]) for it in answer.body["problems"]] == [("teams.csv", 2)]


@pytest.mark.parametrize(
    "path", [{"league_id": "a b"}, {"league_id": "x" * 65}, {"league_id": "\ud800"}]
)
def test_an_address_that_nothing_can_have_is_not_found(api: Api, path: dict[str, str]) -> None:
    assert api.ask(READ, COMMISSIONER, **path).status == 404


@pytest.mark.parametrize("number", ["-1", "300", "99999999999999999999", "one", "\ud800"])
def test_a_member_that_there_cannot_be_is_not_found(api: Api, league_id: str, number: str) -> None:
    member = "GET /leagues/{league_id}/members/{number}"
    assert api.ask(member, BIDDER, league_id=league_id, number=number).status == 404


def test_an_unknown_route_is_not_found(api: Api) -> None:
    assert api.ask("GET /secrets", COMMISSIONER).status == 404


def test_pages_together_have_every_member_once(api: Api, league_id: str) -> None:
    numbers, query = [], {"limit": "3"}
    while True:
        page = api.ask(
            "GET /leagues/{league_id}/members", BIDDER, league_id=league_id, query=query
        ).body
        numbers.append([it["number"] for it in page["members"]])
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert numbers == [[0, 1, 2], [3]]


def test_pages_together_have_every_league_of_the_caller_once(api: Api) -> None:
    made = {api.league(f"key-{n}") for n in range(5)}
    api.league("other", "somebody-else")
    found, query = [], {"limit": "2"}
    while True:
        page = api.ask("GET /leagues", COMMISSIONER, query=query).body
        found += [it["league_id"] for it in page["leagues"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert (len(found), set(found)) == (5, made)


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"limit": "\ud800"}]
)
def test_a_page_of_another_size_is_refused(api: Api, query: dict[str, str]) -> None:
    answer = api.ask("GET /leagues", COMMISSIONER, query=query)
    assert (answer.status, answer.body["field"]) == (400, "query:limit")


@pytest.mark.parametrize("cursor", ["!", "é", "e30", "OTk5OTk5OTk5OTk5OTk5", "IkEi"])
def test_a_cursor_that_no_page_gave_is_refused(api: Api, league_id: str, cursor: str) -> None:
    answer = api.ask(
        "GET /leagues/{league_id}/members", BIDDER, league_id=league_id, query={"cursor": cursor}
    )
    assert (answer.status, answer.body["field"]) == (400, "query:cursor")


class FailingDesk:
    """A database in trouble."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        raise self._error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (wrapped(DEADLOCKS["sqlite"]), 503, "busy"),
        (wrapped(of_sql_server(2628)), 400, "invalid_message"),
        (OperationalError("SELECT secret", {}, Exception("secret")), 500, "internal_error"),
        (ZeroDivisionError("secret"), 500, "internal_error"),
    ],
)
def test_trouble_inside_is_told_without_what_is_inside(
    error: Exception, status: int, code: str
) -> None:
    desk: Any = FailingDesk(error)
    answer = respond(event("GET /leagues", COMMISSIONER), desk, lambda: None)
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (status, code)
    assert "secret" not in answer["body"]
