"""Where somebody stands, by the line and their record."""

from __future__ import annotations

from typing import Any

import pytest

from lobby_service.logic.estimate import SAMPLE_MS
from lobby_service.logic.line import Line
from lobby_service.logic.permutation import place_of
from lobby_service.logic.ports import Waiter
from lobby_service.logic.standing import is_passed_over, serving, standing
from shared.lobby import LineStanding, Range, WaiterState
from shared.room import SeatTicket

SEED = "00112233445566778899aabbccddeeff"
NOW_MS = 10 * SAMPLE_MS
EARLY = 10
MOVING = tuple((n * SAMPLE_MS, n) for n in range(7, 11))
"""One place every fifteen seconds: four a minute."""


def line(**fields: Any) -> Line:
    """Ten early people and ten late ones, of whom four have had their turn."""
    counts = {"early": EARLY, "early_arrived": EARLY, "late_arrived": 10, "served": 4}
    values: dict[str, Any] = {"seed": SEED, **counts, **fields}
    return Line(auction_id="a-1", gather_at_ms=0, doors_at_ms=5, **values)


def shut() -> Line:
    return line(seed=None, early=None, late_arrived=0, served=0)


def waiter(number: int | None = None, state: WaiterState = "waiting", early: bool = True) -> Waiter:
    return Waiter(
        auction_id="a-1",
        user_id="ann",
        name="Ann",
        state=state,
        turn=1,
        joined_at_ms=1,
        number=number,
        early=early if number else None,
    )


def number_at(place: int) -> int:
    return next(n for n in range(1, EARLY + 1) if 1 + place_of(n - 1, EARLY, SEED) == place)


def test_without_a_number_there_is_no_place() -> None:
    assert standing(line(), waiter(), NOW_MS) == LineStanding(state="waiting", joined_at_ms=1)


def test_before_the_doors_open_a_number_has_no_place() -> None:
    assert standing(shut(), waiter(3), NOW_MS) == LineStanding(
        state="waiting", number=3, early=True, joined_at_ms=1
    )


@pytest.mark.parametrize("place", [5, 6, 10])
def test_an_early_place_is_as_the_seed_says(place: int) -> None:
    found = standing(line(), waiter(number_at(place)), NOW_MS)
    assert (found.place, found.ahead) == (place, place - 5)


def test_a_late_place_is_behind_all_early_ones() -> None:
    found = standing(line(), waiter(3, early=False), NOW_MS)
    assert (found.place, found.ahead, found.early) == (13, 8, False)


def test_a_wait_is_told_where_the_line_moves() -> None:
    moving = line(samples=MOVING, served=10)
    assert standing(moving, waiter(3, early=False), NOW_MS).wait_ms == Range(30_000, 30_000)
    assert standing(line(), waiter(3, early=False), NOW_MS).wait_ms is None


@pytest.mark.parametrize("state", ["admitted", "expired", "left"])
def test_who_waits_no_more_has_no_place(state: WaiterState) -> None:
    assert standing(line(), waiter(3, state), NOW_MS) == LineStanding(state=state)


def test_who_is_admitted_has_a_ticket() -> None:
    found = standing(line(), waiter(3, "admitted"), NOW_MS, SeatTicket("t-1", 99))
    assert (found.ticket, found.ticket_expires_at_ms) == ("t-1", 99)


@pytest.mark.parametrize(("place", "passed"), [(1, True), (4, True), (5, False), (10, False)])
def test_who_waits_at_a_place_that_had_its_turn_was_passed_over(place: int, passed: bool) -> None:
    assert is_passed_over(line(), waiter(number_at(place))) is passed


def test_a_late_person_is_passed_over_by_their_place_not_their_number() -> None:
    assert not is_passed_over(line(), waiter(1, early=False))
    assert is_passed_over(line(served=11), waiter(1, early=False))


@pytest.mark.parametrize("state", ["admitted", "expired", "left"])
def test_who_waits_no_more_was_not_passed_over(state: WaiterState) -> None:
    assert not is_passed_over(line(), waiter(number_at(1), state))


def test_who_has_no_place_yet_was_not_passed_over() -> None:
    assert not is_passed_over(shut(), waiter(1))
    assert not is_passed_over(line(), waiter())


def test_everybody_is_told_the_same_of_a_line() -> None:
    said = serving(line(samples=MOVING, served=10), NOW_MS, 60_000)
    assert (said.status, said.seed, said.early) == ("open", SEED, EARLY)
    assert (said.served, said.waiting, said.now_ms) == (10, 10, NOW_MS)
    assert said.per_minute == Range(4, 4)


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"paused": True}, "paused"), ({"closed": True}, "closed"), ({"seed": None}, "gathering")],
)
def test_everybody_is_told_whether_the_line_moves(fields: dict[str, Any], status: str) -> None:
    assert serving(line(**fields), NOW_MS, 60_000).status == status
