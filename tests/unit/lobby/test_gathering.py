"""From when to when people may wait for the doors."""

from __future__ import annotations

import pytest

from lobby_service.adapters.waiters import KEPT_S
from lobby_service.logic.gathering import DAY_MS, require_gathering
from lobby_service.logic.line import Line
from shared.errors import InvalidMessage
from shared.limits import MAX_GATHERING_MS

DOORS_MS = 1_700_000_000_000
WEEK_MS = 7 * DAY_MS


def line(arrived: int) -> Line:
    """A line that has gathered people for as long as may be."""
    gather_at_ms = DOORS_MS - MAX_GATHERING_MS
    return Line(
        auction_id="a-1", gather_at_ms=gather_at_ms, doors_at_ms=DOORS_MS, early_arrived=arrived
    )


@pytest.mark.parametrize("gather_ms", [0, 1, MAX_GATHERING_MS])
def test_people_may_gather_until_the_doors_open(gather_ms: int) -> None:
    require_gathering(DOORS_MS - gather_ms, DOORS_MS, None)


@pytest.mark.parametrize("gather_ms", [-1, MAX_GATHERING_MS + 1])
def test_nobody_gathers_after_the_doors_or_for_too_long_before(gather_ms: int) -> None:
    with pytest.raises(InvalidMessage) as refused:
        require_gathering(DOORS_MS - gather_ms, DOORS_MS, None)
    assert refused.value.field == "$.doors_at_ms"


def test_who_came_as_early_as_may_be_is_kept_for_a_week_after_the_doors() -> None:
    assert KEPT_S * 1000 - MAX_GATHERING_MS == WEEK_MS


def test_the_doors_are_not_put_off_beyond_the_time_of_who_has_gathered() -> None:
    there = line(arrived=1)
    for gather_at_ms in (there.gather_at_ms, there.gather_at_ms + DAY_MS):
        with pytest.raises(InvalidMessage):
            require_gathering(gather_at_ms, DOORS_MS + DAY_MS, there)


def test_where_nobody_has_come_people_may_gather_later() -> None:
    there = line(arrived=0)
    require_gathering(there.gather_at_ms + DAY_MS, DOORS_MS + DAY_MS, there)
