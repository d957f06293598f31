from typing import Any

import pytest

from lobby_service.logic.line import LONGEST_SETTLING_MS, QUIET_MS, SETTLING_MS, Line

DOORS_MS = 1_000_000
SHUT = Line(auction_id="a-1", gather_at_ms=0, doors_at_ms=DOORS_MS)
OPEN = Line(
    auction_id="a-1",
    gather_at_ms=0,
    doors_at_ms=DOORS_MS,
    seed="00" * 16,
    early=5,
    early_arrived=5,
    late_arrived=3,
    served=6,
)


def shut(**fields: Any) -> Line:
    return Line(auction_id="a-1", gather_at_ms=0, doors_at_ms=DOORS_MS, **fields)


def test_the_doors_stay_shut_for_a_while_after_their_time() -> None:
    assert not SHUT.is_due(DOORS_MS + SETTLING_MS - 1)
    assert SHUT.is_due(DOORS_MS + SETTLING_MS)


def test_the_doors_stay_shut_while_early_people_are_still_being_numbered() -> None:
    numbering = shut(early_at_ms=DOORS_MS + SETTLING_MS)
    assert not numbering.is_due(DOORS_MS + SETTLING_MS + QUIET_MS - 1)
    assert numbering.is_due(DOORS_MS + SETTLING_MS + QUIET_MS)


def test_the_doors_do_not_stay_shut_for_ever() -> None:
    last_ms = DOORS_MS + LONGEST_SETTLING_MS
    numbering = shut(early_at_ms=last_ms)
    assert not numbering.is_due(last_ms - 1)
    assert numbering.is_due(last_ms)


def test_doors_that_are_open_are_not_due() -> None:
    assert not OPEN.is_due(DOORS_MS + LONGEST_SETTLING_MS)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (SHUT, "gathering"),
        (OPEN, "open"),
        (shut(paused=True), "paused"),
        (shut(paused=True, closed=True), "closed"),
    ],
)
def test_a_line_says_how_it_is(line: Line, status: str) -> None:
    assert line.status == status


def test_who_joined_before_the_doors_time_is_early_until_they_open() -> None:
    assert SHUT.series_for(DOORS_MS - 1) == "early"
    assert SHUT.series_for(DOORS_MS) == "late"
    assert OPEN.series_for(DOORS_MS - 1) == "late"


def test_places_and_numbers_are_each_others_inverse() -> None:
    for place in range(1, OPEN.arrived + 1):
        assert OPEN.place_of(*OPEN.number_at(place)) == place


def test_before_the_doors_open_nobody_has_a_place() -> None:
    assert SHUT.place_of("early", 1) is None
    with pytest.raises(ValueError, match="not open"):
        SHUT.number_at(1)


def test_the_next_places_end_with_the_last_who_came() -> None:
    assert list(OPEN.next_places(25)) == [7, 8]
    assert list(OPEN.next_places(1)) == [7]


@pytest.mark.parametrize("line", [SHUT, shut(paused=True)])
def test_the_room_hears_that_somebody_waits_while_the_line_does_not_move(line: Line) -> None:
    assert line.waiting == 0
    assert line.waiting_for_room == 1


def test_a_line_needs_windows_when_its_doors_are_near_or_somebody_waits() -> None:
    assert not SHUT.needs_windows(DOORS_MS - 60_001, 60_000)
    assert SHUT.needs_windows(DOORS_MS - 60_000, 60_000)
    assert OPEN.needs_windows(0, 0)
