"""Whatever is sent is answered with a code; nothing inside breaks or shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.adapters.migrating import migrate
from rds_bridge_service.logic.leagues.operations import BY_ROUTE
from tests.integration.rds_bridge.api.http import ADMIN, Api, event
from tests.integration.rds_bridge.api.table import TABLE

_texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "0", "-1", '"1"', '"2"', "1e9", "' OR 1=1 --", "\x00", "../..", "null"]),
)
_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _texts),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def events(draw: st.DrawFn, league_id: str) -> dict[str, Any]:
    """A request of an admin in which something is not as it should be."""
    route = draw(st.sampled_from([it for it in TABLE if not it.endswith("/membership")]))
    _, right = TABLE[route]
    body: object = draw(_values)
    if isinstance(right, dict) and draw(st.booleans()):
        body = right | {draw(st.sampled_from(sorted(right))): draw(_values)}
    asked = event(
        route,
        ADMIN,
        body=draw(_texts) if draw(st.integers(0, 5)) == 0 else json.dumps(body),
        headers=draw(
            st.dictionaries(st.sampled_from(["if-match", "Idempotency-Key", "x"]), _texts)
        ),
        query=draw(st.dictionaries(st.sampled_from(["cursor", "limit", "x"]), _texts)),
        league_id=draw(st.one_of(st.just(league_id), _texts)),
        number=draw(st.one_of(st.just("2"), _texts)),
    )
    return asked | {"isBase64Encoded": draw(st.integers(0, 9)) == 0}


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Api, str]]:
    """A league that all hostile requests are about, in SQLite."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    engine = open_database(make_url(f"sqlite:///{folder / 'league.db'}"))
    migrate(engine)
    api = Api(engine)
    yield api, api.staffed()
    engine.dispose()


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_hostile_request_is_answered_with_a_code(
    league: tuple[Api, str], data: st.DataObject
) -> None:
    api, league_id = league
    asked = data.draw(events(league_id))
    answer = api.send(asked)
    assert answer.status < 500, (asked, answer)
    if answer.status >= 400:
        assert answer.body["code"] != "internal_error"
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.status in (BY_ROUTE[asked["routeKey"]].status, 204)
