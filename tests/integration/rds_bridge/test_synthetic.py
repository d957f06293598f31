"""A canary's league: in no list, behind no door, and what happens in it is forgotten."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, insert, update

from calcutta.canary.prepare import FILES, RULES
from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.ledger import SqlLedger
from rds_bridge_service.logic.forgetting import forget_events
from rds_bridge_service.logic.importing import import_league
from rds_bridge_service.logic.leagues.operations import BY_ROUTE, OPERATIONS
from shared.bridge import ForgetEvents, ImportLeague, LeagueFiles, LeagueImported, ListEvents
from shared.errors import InvalidMessage
from shared.synthetic import CANARY_EMAIL, is_synthetic
from tests.integration.rds_bridge.api.http import CREATE, Api, event
from tests.integration.rds_bridge.league import (
    OF_THE_LEDGER,
    bid,
    counts,
    entries,
    everything,
    leagues,
    request,
    reset,
    sold,
)

CANARY = "canary-user"
CODE = "ABCDEFGHJKLM"
IMPORT = ImportLeague(
    import_id="synthetic-u1",
    league_name="Canary",
    tournament_name="Canary",
    files=FILES,
    user_ids={CANARY_EMAIL: CANARY},
    rules=RULES,
)
WITH_A_LEAGUE = [it.route for it in OPERATIONS if "{league_id}" in it.path]


@pytest.fixture
def made(engine: Engine) -> LeagueImported:
    return import_league(IMPORT, leagues(engine))


@pytest.fixture
def api(engine: Engine) -> Api:
    return Api(engine)


def bids_of_canary(count: int) -> list[Any]:
    return [msgspec.structs.replace(bid(cents=n), bidder=0, actor=0) for n in range(1, count + 1)]


def test_all_its_ids_are_synthetic_and_no_others_are(engine: Engine, made: LeagueImported) -> None:
    assert is_synthetic(made.league_id)
    assert is_synthetic(made.auction_id)
    of_people = import_league(request(), leagues(engine))
    assert not is_synthetic(of_people.league_id)
    assert not is_synthetic(of_people.auction_id)


def test_it_is_made_once(engine: Engine, made: LeagueImported) -> None:
    assert import_league(IMPORT, leagues(engine)) == made


@pytest.mark.parametrize(
    ("import_id", "members"),
    [
        ("synthetic-u2", "name,email,role\nSomebody,somebody@example.com,commissioner\n"),
        (
            "synthetic-u2",
            f"name,email,role\nCanary,{CANARY_EMAIL},commissioner\n"
            "Somebody,somebody@example.com,bidder\n",
        ),
        (
            "import-2",
            f"name,email,role\nSomebody,somebody@example.com,commissioner\n"
            f"Canary,{CANARY_EMAIL},bidder\n",
        ),
    ],
    ids=["people in a synthetic league", "people beside the canary", "the canary among people"],
)
def test_people_and_the_canary_are_never_in_one_league(
    engine: Engine, import_id: str, members: str
) -> None:
    mixed = ImportLeague(
        import_id=import_id,
        league_name="Mixed",
        tournament_name="Mixed",
        files=LeagueFiles(teams_csv=FILES.teams_csv, members_csv=members),
        user_ids={CANARY_EMAIL: CANARY, "somebody@example.com": "u9"},
    )
    with pytest.raises(InvalidMessage):
        import_league(mixed, leagues(engine))
    assert counts(engine)["league"] == 0


def test_not_even_its_own_member_has_it_in_a_list(api: Api, made: LeagueImported) -> None:
    assert api.ask("GET /leagues", CANARY).body["leagues"] == []


def test_a_page_of_leagues_does_not_count_it(
    api: Api, engine: Engine, made: LeagueImported
) -> None:
    ids = sorted(api.league(key=f"key-{n}") for n in range(2))
    with engine.begin() as connection:
        intruder = {"number": 1, "user_id": "commissioner", "email": "c@example.com", "name": "C"}
        connection.execute(
            insert(t.member).values(league_id=made.league_id, role="bidder", **intruder)
        )
    page = api.ask("GET /leagues", "commissioner", query={"limit": "2"}).body
    assert [it["league_id"] for it in page["leagues"]] == ids
    assert page["next_cursor"] is None


@pytest.mark.parametrize("route", WITH_A_LEAGUE)
def test_not_even_its_own_member_finds_it_by_its_id(
    api: Api, engine: Engine, made: LeagueImported, route: str
) -> None:
    bodies = {
        "PATCH /leagues/{league_id}": {"name": "Other"},
        "PUT /leagues/{league_id}/members/{number}/role": {"role": "spectator"},
        "PUT /leagues/{league_id}/members/{number}/budget": {"budget_cents": 100},
        "PUT /leagues/{league_id}/tournament": CREATE["tournament"],
        "PUT /leagues/{league_id}/lots": {"lots": [{"slot_ids": ["S001"]}]},
        "PUT /leagues/{league_id}/rules": {"clock_ms": 9_000},
        "PUT /leagues/{league_id}/settlement-rules": {},
        "PUT /leagues/{league_id}/results": {"results_csv": "round,winner\n"},
    }
    before = counts(engine)
    answer = api.ask(
        route, CANARY, league_id=made.league_id, number=0 if "{number}" in route else None,
        body=bodies.get(route), headers={"if-match": '"1"'} if BY_ROUTE[route].versioned else {},
    )  # fmt: skip
    assert answer.status == 404, answer.body
    assert counts(engine) == before


def test_nobody_joins_it_not_even_with_an_invitation(
    api: Api, engine: Engine, made: LeagueImported
) -> None:
    with engine.begin() as connection:
        connection.execute(insert(t.invite).values(league_id=made.league_id, code=CODE))
    assert api.join(CODE, "somebody").status == 404


def test_the_canary_neither_makes_nor_joins_a_league_of_people(api: Api, engine: Engine) -> None:
    code = api.invite(api.league())
    with engine.begin() as connection:
        connection.execute(update(t.member).values(email="else@example.com"))
    before = counts(engine)
    for route, body in (
        ("POST /leagues", CREATE),
        ("POST /memberships", {"code": code, "member_name": "Canary"}),
    ):
        asked = event(route, CANARY, body=body, headers={"idempotency-key": "key-2"})
        asked["requestContext"]["authorizer"]["jwt"]["claims"]["email"] = CANARY_EMAIL.upper()
        assert api.send(asked).status == 403
    assert counts(engine) == before


def test_forgetting_deletes_the_rows_of_what_happened_before_and_no_others(
    engine: Engine, made: LeagueImported
) -> None:
    ledger = SqlLedger(engine)
    of_people = import_league(request(), leagues(engine)).auction_id
    ledger.append(entries(of_people, [bid(), sold()]))
    untouched = everything(engine, of_people)
    sale = msgspec.structs.replace(sold(), owner=0)
    happened = [*bids_of_canary(3), sale, reset(), *bids_of_canary(1)]
    ledger.append(entries(made.auction_id, happened))
    forgotten = forget_events(ForgetEvents(made.auction_id, before_seq=6), ledger)
    assert forgotten.events == 5
    left = ledger.list_events(ListEvents(made.auction_id)).entries
    assert [it.seq for it in left] == [6]
    kept = everything(engine, made.auction_id)
    assert (len(kept["bid"]), len(kept["sale"])) == (1, 0)
    assert everything(engine, of_people) == untouched


def test_what_happened_in_an_auction_of_people_is_never_forgotten(
    engine: Engine, auction_id: str
) -> None:
    ledger = SqlLedger(engine)
    ledger.append(entries(auction_id, [bid(), sold()]))
    before = everything(engine, auction_id)
    with pytest.raises(InvalidMessage):
        forget_events(ForgetEvents(auction_id, before_seq=3), ledger)
    assert everything(engine, auction_id) == before


def test_a_hundred_checks_leave_no_more_rows_than_a_few(
    engine: Engine, made: LeagueImported
) -> None:
    ledger = SqlLedger(engine)
    for entry in entries(made.auction_id, bids_of_canary(100)):
        ledger.append([entry])
        forget_events(ForgetEvents(made.auction_id, before_seq=entry.seq - 5), ledger)
    kept = everything(engine, made.auction_id)
    assert {table.name: len(kept[table.name]) for table in OF_THE_LEDGER} == {
        "auction_event": 6,
        "bid": 6,
        "sale": 0,
        "auction": 1,
    }
