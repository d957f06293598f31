"""Changes of one league at the same time: each of them is whole, and they take turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import make_url

from rds_bridge_service.adapters.auctions import SqlAuctions
from rds_bridge_service.adapters.database import open_database
from shared.bridge import OpenAuctionRequest
from tests.integration.rds_bridge.api.http import COMMISSIONER, CREATE, TOURNAMENT, Api

RACERS = 6


@contextmanager
def containers(url: str) -> Iterator[list[Api]]:
    """As many containers, each with a connection of its own."""
    engines = [open_database(make_url(url)) for _ in range(RACERS)]
    yield [Api(engine) for engine in engines]
    for engine in engines:
        engine.dispose()


def at_once(apis: list[Api], act: Callable[[int, Api], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(apis)) as pool:
        return list(pool.map(act, range(len(apis)), apis))


@pytest.fixture
def racers(database_url: str) -> Iterator[list[Api]]:
    with containers(database_url) as apis:
        yield apis


def test_who_joins_at_once_gets_a_number_of_their_own(racers: list[Api]) -> None:
    code = racers[0].invite(racers[0].league())
    joined = at_once(racers, lambda n, api: api.join(code, f"user-{n}"))
    assert {it.status for it in joined} == {201}
    assert sorted(it.body["number"] for it in joined) == [1, 2, 3, 4, 5, 6]


def test_one_user_who_joins_at_once_is_one_member(racers: list[Api]) -> None:
    code = racers[0].invite(racers[0].league())
    joined = at_once(racers, lambda _, api: api.join(code, "user"))
    assert {(it.status, it.body["number"]) for it in joined} == {(201, 1)}


def test_of_changes_of_the_same_version_one_holds(racers: list[Api]) -> None:
    league_id = racers[0].league()
    headers = racers[0].if_match(league_id)

    def rename(n: int, api: Api) -> int:
        change = {"league_id": league_id, "body": {"name": f"N{n}"}, "headers": headers}
        return api.ask("PATCH /leagues/{league_id}", COMMISSIONER, **change).status

    assert sorted(at_once(racers, rename)) == [200, *[412] * (RACERS - 1)]


def test_a_league_that_is_made_at_once_with_one_key_is_one(racers: list[Api]) -> None:
    assert len(set(at_once(racers, lambda _, api: api.league("key")))) == 1


def test_nobody_makes_too_many_leagues_at_once(
    racers: list[Api], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rds_bridge_service.logic.leagues.leagues.MAX_LEAGUES", 3)
    racers[0].league("first")

    def make(n: int, api: Api) -> int:
        headers = {"idempotency-key": f"key-{n}"}
        return api.ask("POST /leagues", COMMISSIONER, body=CREATE, headers=headers).status

    assert sorted(at_once(racers, make)) == [201, 201, *[409] * (RACERS - 2)]


def test_an_auction_is_opened_before_or_after_its_lots_are_changed(racers: list[Api]) -> None:
    """Never with lots that are not those of the database afterwards."""
    league_id = racers[0].league()
    auction_id = racers[0].auction_id(league_id)
    headers = racers[0].if_match(league_id)

    def act(n: int, api: Api) -> Any:
        if n:
            return SqlAuctions(api.engine).open(OpenAuctionRequest(auction_id)).lots
        change = {"league_id": league_id, "headers": headers}
        body = TOURNAMENT | {"bundled_seeds": []}
        return api.ask(
            "PUT /leagues/{league_id}/tournament", COMMISSIONER, body=body, **change
        ).status

    changed, *opened = at_once(racers, act)
    assert changed in (200, 409)
    assert {len(lots) for lots in opened} == ({4} if changed == 200 else {3})
