"""What the benchmark of the lobby finds wrong with a line."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.measuring import DifferentWork
from bench.scene.line_checks import check_line, published_place
from bench.scene.lobby import AUCTION, tables
from bench.scene.table import Table
from lobby_service.adapters.items import to_item
from lobby_service.logic.permutation import place_of

SEED = "00112233445566778899aabbccddeeff"
EARLY, LATE = ["ann", "bob", "cid"], ["dan", "eve"]
BY_PLACE = sorted(EARLY, key=lambda it: published_place(EARLY.index(it) + 1, 3, SEED)) + LATE
SERVED = 4


class Line:
    """A line of which four places were served, and everything is right; the third had left."""

    def __init__(self) -> None:
        self.tables = tables()
        self.joined = [*EARLY, *LATE]
        self.given = [BY_PLACE[0], BY_PLACE[1], BY_PLACE[3]]
        self.put("lines", auction_id=AUCTION, early_arrived=3, late_arrived=2)
        self.number("early", 1, EARLY[:2])
        self.number("early", 3, EARLY[2:])
        self.number("late", 1, LATE)
        states = dict(
            zip(BY_PLACE, ["expired", "admitted", "left", "admitted", "waiting"], strict=True)
        )
        for series in (EARLY, LATE):
            for number, user_id in enumerate(series, 1):
                self.waiter(user_id, number, states[user_id])

    def put(self, name: str, **values: Any) -> None:
        table: Table = self.tables[name]
        item = to_item(values)
        table.write(table.key(item), table.get(table.key(item)), item)

    def number(self, series: str, first: int, user_ids: list[str]) -> None:
        turns = msgspec.json.encode([(it, 1) for it in user_ids]).decode()
        self.put("numbers", line_series=f"{AUCTION}#{series}", first_number=first, turns=turns)

    def waiter(self, user_id: str, number: int | None, state: str) -> None:
        early = None if number is None else user_id in EARLY
        key = f"{AUCTION}#{user_id}"
        self.put("waiters", id=key, user_id=user_id, state=state, number=number, early=early)

    def check(self) -> None:
        published = {"seed": SEED, "early": 3, "served": SERVED}
        check_line(self.tables, published, self.joined, self.given)


def test_a_line_that_is_right_passes() -> None:
    Line().check()


def test_a_gap_in_the_numbers_is_found() -> None:
    line = Line()
    line.number("early", 1, EARLY[:1])
    with pytest.raises(DifferentWork, match="a gap"):
        line.check()


def test_somebody_with_two_numbers_is_found() -> None:
    line = Line()
    line.number("late", 1, ["ann", "eve"])
    with pytest.raises(DifferentWork, match="two numbers"):
        line.check()


def test_a_record_with_another_number_than_was_assigned_is_found() -> None:
    line = Line()
    line.waiter("dan", 2, "waiting")
    with pytest.raises(DifferentWork, match="the number of eve"):
        line.check()


def test_who_joined_and_has_no_record_is_found() -> None:
    line = Line()
    line.joined.append("fay")
    with pytest.raises(DifferentWork, match="who joined"):
        line.check()


def test_who_joined_and_has_no_number_is_found() -> None:
    line = Line()
    line.joined.append("fay")
    line.waiter("fay", None, "waiting")
    with pytest.raises(DifferentWork, match="no number"):
        line.check()


def test_numbers_beyond_the_count_are_found() -> None:
    line = Line()
    line.put("lines", auction_id=AUCTION, early_arrived=3, late_arrived=1)
    with pytest.raises(DifferentWork, match="late numbers differ"):
        line.check()


@pytest.mark.parametrize("order", [(1, 0, 3), (0, 1, 1, 3)])
def test_seats_out_of_order_or_given_twice_are_found(order: tuple[int, ...]) -> None:
    line = Line()
    line.given = [BY_PLACE[it] for it in order]
    with pytest.raises(DifferentWork, match="in the order"):
        line.check()


def test_who_was_passed_over_is_found() -> None:
    line = Line()
    line.waiter(BY_PLACE[3], LATE.index(BY_PLACE[3]) + 1, "waiting")
    with pytest.raises(DifferentWork, match="place 4 of 4 is waiting"):
        line.check()


def test_who_was_let_in_without_a_seat_is_found() -> None:
    line = Line()
    line.given.pop()
    with pytest.raises(DifferentWork, match="let in"):
        line.check()


@given(st.data(), st.integers(1, 5_000), st.from_regex(r"[0-9a-f]{32}", fullmatch=True))
def test_the_published_place_is_the_one_that_the_line_gives(
    data: st.DataObject, count: int, seed: str
) -> None:
    number = data.draw(st.integers(1, count))
    assert published_place(number, count, seed) == 1 + place_of(number - 1, count, seed)
