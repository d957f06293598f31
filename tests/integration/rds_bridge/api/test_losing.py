"""A change whose commit happened, but whose connection did not live to say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from rds_bridge_service.adapters.leagues import book
from rds_bridge_service.adapters.patience import patiently
from tests.integration.rds_bridge.api.http import BIDDER, COMMISSIONER, NUMBERS, Api, Response
from tests.unit.rds_bridge.driver_errors import of_sql_server, wrapped

LEAGUE = "/leagues/{league_id}"
ROLE = f"PUT {LEAGUE}/members/{{number}}/role"
T = TypeVar("T")


@pytest.fixture
def losing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the next commit happen without an answer."""

    def lose() -> None:
        lost: list[None] = []

        def writing(engine: Any, work: Callable[[Any], T]) -> T:
            def attempt() -> T:
                with engine.begin() as connection:
                    done = work(connection)
                if not lost:
                    lost.append(None)
                    raise wrapped(of_sql_server(20047), lost=True)
                return done

            return patiently(attempt, on_lost=engine.dispose)

        monkeypatch.setattr(book, "writing", writing)

    return lose


@pytest.mark.parametrize(
    ("route", "body", "number"),
    [
        (f"PATCH {LEAGUE}", {"name": "Other"}, None),
        (f"DELETE {LEAGUE}", None, None),
        (ROLE, {"role": "spectator"}, NUMBERS[BIDDER]),
        (ROLE, {"role": "commissioner"}, NUMBERS[BIDDER]),
    ],
    ids=["rename", "delete", "role", "hand over"],
)
def test_a_change_that_may_be_done_is_not_said_to_be_refused(
    api: Api,
    league_id: str,
    losing: Callable[[], None],
    route: str,
    body: dict[str, str] | None,
    number: int | None,
) -> None:
    headers = api.if_match(league_id, number)
    path = {"league_id": league_id, "number": number}
    losing()
    answer = api.ask(route, COMMISSIONER, **path, body=body, headers=headers)
    assert (answer.status, answer.body["code"]) == (503, "busy")


def test_what_comes_to_the_same_however_often_is_done(
    api: Api, league_id: str, losing: Callable[[], None]
) -> None:
    losing()
    path = {"league_id": league_id, "number": NUMBERS[BIDDER]}
    removed: Response = api.ask(f"DELETE {LEAGUE}/members/{{number}}", COMMISSIONER, **path)
    assert removed.status == 204
