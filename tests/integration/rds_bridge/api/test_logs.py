"""What of people's own words gets into a log when something fails: nothing."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import insert

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import writing
from rds_bridge_service.api.respond import respond
from shared.logs import JsonFormatter, logger
from tests.integration.rds_bridge.api.http import COMMISSIONER, Api, event

SLOT = {"tournament_id": "t", "region": "Sensitive", "seed": 1}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The lines of the service's log, as CloudWatch has them."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    logger().addHandler(handler)
    yield lines
    logger().removeHandler(handler)


def write_a_slot_twice(api: Api) -> None:
    def work(connection: Any) -> None:
        connection.execute(insert(t.tournament), {"tournament_id": "t", "name": "Tournament"})
        for slot_id in ("S001", "S002"):
            connection.execute(insert(t.slot), SLOT | {"slot_id": slot_id})

    writing(api.engine, work)


class Broken:
    """A desk and a book whose every use writes a slot twice."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.book = self

    def reading(self, _work: object) -> None:
        write_a_slot_twice(self._api)


def test_the_log_of_a_request_that_failed_has_no_users_words(api: Api, log: io.StringIO) -> None:
    desk: Any = Broken(api)
    answer = respond(event("GET /leagues", COMMISSIONER), desk, lambda: None)
    assert answer["statusCode"] == 503
    assert "request failed" in log.getvalue()
    assert "Sensitive" not in log.getvalue()


def test_the_log_of_notices_that_failed_has_no_users_words(api: Api, log: io.StringIO) -> None:
    look = event("GET /leagues", COMMISSIONER)
    assert respond(look, api.desk, lambda: write_a_slot_twice(api))["statusCode"] == 200
    assert "notices wait" in log.getvalue()
    assert "Sensitive" not in log.getvalue()
