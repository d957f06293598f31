"""A public auction: a room of 20 seats, and 500 people before its doors."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import httpx
import pytest
from boto3.dynamodb.conditions import Key

from lobby_service.logic.permutation import place_of
from tests.e2e.crowd import Crowd
from tests.e2e.system import BIDDER, System, wait_for

SEATS = 20
EARLY, LATE = 400, 100
PATIENCE_S = 400


@pytest.fixture(scope="module", autouse=True)
def small_room(system: System) -> None:
    """A room of few seats, which wait for nobody; in force where nobody has asked before."""
    for name, value in {"seats": SEATS, "seat_claim_ms": 12_000, "seat_grace_ms": 1_000}.items():
        system.set(name, value)


@pytest.fixture
def opened(system: System, auction_id: str) -> Iterator[str]:
    """An auction with a line in which people may gather; its doors open in an hour."""
    order(system, "open", auction_id, "--doors-at", _in_an_hour(), "--pace", "60000")
    yield auction_id
    order(system, "close", auction_id)


def order(system: System, what: str, auction_id: str, *options: str) -> dict[str, Any]:
    said = system.calcutta("lobby", what, *options, "--auction", auction_id, "--json").stdout
    found: dict[str, Any] = json.loads(said)
    return found


def _in_an_hour() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3_600))


def ask(
    system: System, method: str, auction_id: str, path: str = "", **what: Any
) -> tuple[int, dict[str, Any]]:
    """Status and body that a bidder's request is answered with."""
    api = system.stage.output("lobby", "ApiUrl")
    headers = what.pop("headers", None) or {"authorization": f"Bearer {system.token(BIDDER)}"}
    url = f"{api}/auctions/{auction_id}/queue{path}"
    answer = httpx.request(method, url, headers=headers, timeout=30, **what)
    return answer.status_code, answer.json()


@pytest.mark.timeout(900)
async def test_five_hundred_people_come_in_through_twenty_seats_in_their_order(
    system: System, opened: str, record_property: Callable[[str, object], None]
) -> None:
    """A third of them never come back after they joined, and stop nobody."""
    crowd = Crowd(system, opened)
    assert await until(lambda: crowd.serving()["seat_claim_ms"] == 12_000)
    early = [f"early{n:03}@example.com" for n in range(EARLY)]
    late = [f"late{n:03}@example.com" for n in range(LATE)]
    await asyncio.to_thread(crowd.sign_in, [*early, *late])
    began = time.monotonic()
    await crowd.everyone_asks("POST", "", early)
    arrived_s = time.monotonic() - began
    assert await until(lambda: crowd.serving()["waiting"] == EARLY)
    order(system, "pause", opened)
    order(system, "open", opened, "--doors-at", "now")
    await crowd.everyone_asks("POST", "", late)
    assert await until(lambda: crowd.serving()["seed"] is not None)
    assert await until(lambda: crowd.serving()["waiting"] == EARLY + LATE)
    standings = standings_of(system, opened)
    assert sorted(it["number"] for it in standings.values() if it["early"]) == [
        *range(1, EARLY + 1)
    ]
    serving = crowd.serving()
    places = {
        person: 1 + place_of(int(it["number"]) - 1, EARLY, serving["seed"])
        if it["early"]
        else EARLY + int(it["number"])
        for person, it in standings.items()
    }
    assert sorted(places.values()) == [*range(1, 501)]
    gone = set(sorted(places, key=lambda it: places[it])[::3])
    order(system, "pause", opened, "--resume")
    most_taken = await let_everyone_in(system, crowd, places, gone)
    assert set(crowd.came_in) == set(places) - gone
    assert 0 < most_taken <= SEATS
    assert crowd.most_inside <= SEATS
    record_property("arrived_s", round(arrived_s, 1))
    record_property("let_in_s", round(time.monotonic() - began, 1))


async def let_everyone_in(
    system: System, crowd: Crowd, places: dict[str, int], gone: set[str]
) -> int:
    """Each comes in when their turn has come, but those who have gone; the most seats taken."""
    left = {person: place for person, place in places.items() if person not in gone}
    names = names_of_users(system)
    most_taken = 0
    give_up_at = time.monotonic() + PATIENCE_S
    while left or crowd.serving()["waiting"]:
        assert time.monotonic() < give_up_at, f"{len(left)} wait: {crowd.serving()}"
        crowd.window()
        assert_nobody_was_passed_over(waiters(system, crowd.auction_id), names, places)
        served = crowd.serving()["served"]
        turn = [person for person, place in left.items() if place <= served]
        standings = await crowd.everyone_asks("GET", "/me", turn)
        assert {it["state"] for it in standings.values()} <= {"admitted"}, standings
        for person in turn:
            del left[person]
        entering = [
            asyncio.create_task(crowd.come_in_and_leave(person, it["ticket"]))
            for person, it in standings.items()
        ]
        most_taken = max(most_taken, taken(system, crowd))
        await asyncio.gather(*entering)
        await asyncio.sleep(0.2)
    return most_taken


def taken(system: System, crowd: Crowd) -> int:
    """How many seats are taken now, by the room's own items."""
    auction_id = crowd.auction_id
    rows = system.inner_table("SeatsTable").query(
        KeyConditionExpression=Key("auction_id").eq(auction_id), ConsistentRead=True
    )["Items"]
    return sum(it["user_id"] != "#room" for it in rows)


def assert_nobody_was_passed_over(
    items: list[dict[str, Any]], names: dict[str, str], places: dict[str, int]
) -> None:
    """Who waits still stands behind everyone who has been let in: windows write that in order,
    each before the next, so at any instant; their clocks may differ by milliseconds."""
    waits = {places[names[it["user_id"]]]: it["state"] == "waiting" for it in items}
    in_order = [waits[place] for place in sorted(waits)]
    assert in_order == sorted(in_order)


def standings_of(system: System, auction_id: str) -> dict[str, Any]:
    """The waiters' own records, by e-mail address, once all have a number."""
    names = names_of_users(system)
    return {names[it["user_id"]]: it for it in waiters(system, auction_id)}


def waiters(system: System, auction_id: str) -> list[dict[str, Any]]:
    """The items of all who joined; the table is small enough to be read at one instant."""
    stack = boto3.client("cloudformation").describe_stack_resource(
        StackName="calcutta-lobby-local", LogicalResourceId="WaitersTable"
    )["StackResourceDetail"]
    page = boto3.resource("dynamodb").Table(stack["PhysicalResourceId"]).scan(ConsistentRead=True)
    assert "LastEvaluatedKey" not in page
    return [it for it in page["Items"] if it["auction_id"] == auction_id]


def names_of_users(system: System) -> dict[str, str]:
    """The e-mail address of each user, by id."""
    pool = system.stage.output("identity", "UserPoolId")
    pages = boto3.client("cognito-idp").get_paginator("list_users").paginate(UserPoolId=pool)
    attributes = [
        {it["Name"]: it["Value"] for it in user["Attributes"]}
        for page in pages
        for user in page["Users"]
    ]
    return {of["sub"]: of["email"] for of in attributes if "email" in of}


async def until(look: Any) -> bool:
    return bool(await asyncio.to_thread(wait_for, look))


# bad input


def test_without_a_token_there_is_no_place(system: System, opened: str) -> None:
    status, _ = ask(system, "POST", opened, headers={"x-nothing": "1"})
    assert status == 401


def test_a_token_of_another_pool_is_refused(system: System, opened: str) -> None:
    cognito = boto3.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="another")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="c", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    password = "A-password-of-another-pool-1"
    cognito.admin_create_user(UserPoolId=pool, Username="eve", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(
        UserPoolId=pool, Username="eve", Password=password, Permanent=True
    )
    token = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "eve", "PASSWORD": password},
    )["AuthenticationResult"]["IdToken"]
    status, _ = ask(system, "POST", opened, headers={"authorization": f"Bearer {token}"})
    assert status == 401
    assert ask(system, "GET", opened, "/serving")[1]["waiting"] == 0


def test_an_auction_without_a_line_is_not_found(system: System, auction_id: str) -> None:
    for method, path in (("POST", ""), ("GET", "/me"), ("DELETE", "/me"), ("GET", "/serving")):
        status, said = ask(system, method, auction_id, path)
        assert (status, said["code"]) == (404, "not_found")


def test_a_forged_position_is_refused(system: System, opened: str) -> None:
    status, said = ask(system, "POST", opened, json={"number": 1, "place": 1})
    assert (status, said["code"]) == (400, "invalid_message")
    assert ask(system, "GET", opened, "/me")[0] == 404


def test_before_people_may_gather_and_after_the_end_nobody_joins(
    system: System, auction_id: str
) -> None:
    at = _in_an_hour()
    order(system, "open", auction_id, "--gather-at", at, "--doors-at", at)
    status, said = ask(system, "POST", auction_id)
    assert (status, said["code"]) == (409, "lobby_not_open")
    order(system, "close", auction_id)
    closed = wait_for(lambda: ask(system, "POST", auction_id)[0] == 410)
    assert closed
    assert ask(system, "GET", auction_id, "/serving")[1]["status"] == "closed"


def test_who_leaves_and_comes_back_stands_at_the_end(system: System, opened: str) -> None:
    assert ask(system, "POST", opened)[1]["state"] == "waiting"
    assert wait_for(lambda: ask(system, "GET", opened, "/me")[1]["number"]) == 1
    left = ask(system, "DELETE", opened, "/me")[1]
    assert {name: it for name, it in left.items() if it is not None} == {"state": "left"}
    assert ask(system, "POST", opened)[1]["state"] == "waiting"
    assert wait_for(lambda: ask(system, "GET", opened, "/me")[1]["number"]) == 2
