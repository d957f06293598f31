"""Every operation, asked for by everyone: who may, and that nobody else changes or sees anything.

The table is written by hand, on purpose: it is what `logic.leagues.operations` has to say.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from rds_bridge_service.logic.leagues.operations import BY_ROUTE
from tests.integration.rds_bridge.api.http import (
    ADMIN,
    BIDDER,
    COMMISSIONER,
    NUMBERS,
    SPECTATOR,
    Api,
)
from tests.integration.rds_bridge.api.table import LEAVE, OF_LEAGUES, TABLE, everything

STRANGER, ELSEWHERE, FORMER, REMOVED = "stranger", "elsewhere", "former", "removed"


def ask(api: Api, league_id: str, route: str, user: str | None) -> int:
    """The status of a request that is right but for who makes it."""
    _, body = TABLE[route]
    headers = {"idempotency-key": "another"}
    if BY_ROUTE[route].versioned:
        number = NUMBERS[BIDDER] if "{number}" in route else None
        headers |= api.if_match(league_id, number)
    if route == "POST /memberships":
        body = {**body, "code": api.invite(league_id)}
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    return api.ask(route, user, body=body, headers=headers, **path).status


def statuses(api: Api, routes: Iterable[str], user: str | None) -> dict[str, int]:
    """What a user is answered by each operation, each in a league of its own."""
    return {
        route: ask(api, api.staffed(f"key-{index}"), route, user)
        for index, route in enumerate(routes)
    }


@pytest.fixture
def outsiders(api: Api, league_id: str) -> None:
    """Users who are in another league, have left this one, or were removed from it."""
    api.league("elsewhere", ELSEWHERE)
    code = api.invite(league_id)
    for number, user in ((4, FORMER), (5, REMOVED)):
        assert api.join(code, user).body["number"] == number
    of_league = {"league_id": league_id}
    left = api.ask(LEAVE, FORMER, **of_league)
    member = "DELETE /leagues/{league_id}/members/{number}"
    removed = api.ask(member, COMMISSIONER, **of_league, number=5)
    assert (left.status, removed.status) == (204, 204)


def test_the_table_names_every_operation() -> None:
    assert set(TABLE) == set(BY_ROUTE)


@pytest.mark.parametrize("user", [COMMISSIONER, ADMIN, BIDDER, SPECTATOR])
def test_a_member_may_do_what_is_for_the_role_and_nothing_else(api: Api, user: str) -> None:
    answered = statuses(api, OF_LEAGUES, user)
    may = {route for route, (roles, _) in OF_LEAGUES.items() if user[0] in roles}
    assert {route for route, status in answered.items() if status < 300} == may
    refused = {route: status for route, status in answered.items() if route not in may}
    assert refused == {
        route: 409 if (route, user) == (LEAVE, COMMISSIONER) else 403 for route in refused
    }


@pytest.mark.usefixtures("outsiders")
@pytest.mark.parametrize("user", [STRANGER, ELSEWHERE, FORMER, REMOVED])
def test_for_who_is_not_in_the_league_it_is_not_there(api: Api, league_id: str, user: str) -> None:
    before = everything(api.engine)
    answered = {route: ask(api, league_id, route, user) for route in OF_LEAGUES}
    assert answered == dict.fromkeys(OF_LEAGUES, 404)
    assert everything(api.engine) == before


def test_nobody_is_answered_without_a_token(api: Api, league_id: str) -> None:
    before = everything(api.engine)
    headers = {**api.if_match(league_id), "idempotency-key": "k"}
    answered = {
        route: api.ask(
            route, None, body=body, headers=headers, league_id=league_id, number=2
        ).status
        for route, (_, body) in TABLE.items()
    }
    assert answered == dict.fromkeys(TABLE, 401)
    assert everything(api.engine) == before


@pytest.mark.parametrize("user", [ADMIN, BIDDER, SPECTATOR])
def test_what_is_refused_changes_nothing(api: Api, league_id: str, user: str) -> None:
    before = everything(api.engine)
    for route, (roles, _) in OF_LEAGUES.items():
        if user[0] not in roles:
            assert ask(api, league_id, route, user) == 403
    assert everything(api.engine) == before


def test_everyone_who_is_signed_in_may_make_and_join_leagues(api: Api) -> None:
    answered = statuses(api, [it for it, (who, _) in TABLE.items() if who == "*"], STRANGER)
    assert set(answered.values()) <= {200, 201}


def test_a_league_that_is_not_there_looks_like_one_of_others(api: Api, league_id: str) -> None:
    one, other = (
        api.ask("GET /leagues/{league_id}", STRANGER, league_id=it) for it in (league_id, "none")
    )
    assert (one.status, one.body) == (other.status, other.body)


def test_only_the_commissioner_removes_an_admin(api: Api, league_id: str) -> None:
    remove = "DELETE /leagues/{league_id}/members/{number}"
    assert api.change_role(league_id, NUMBERS[BIDDER], "admin").status == 200
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    assert api.ask(remove, ADMIN, **path).status == 403
    assert api.ask(remove, COMMISSIONER, **path).status == 204
