from __future__ import annotations

import pytest

from lobby_service.logic.line import Line
from lobby_service.logic.ports import Waiter
from lobby_service.logic.seating import Seated, seat
from shared.errors import InvalidMessage
from tests.fakes.lobby import SEED, World

AUCTION = "auction-1"


class Row:
    """People who are next, before a room."""

    def __init__(self, *user_ids: str, seats: int = 3, behind: int = 0, **line: bool) -> None:
        self.world = World(seats)
        self.world.add_line(
            AUCTION, seed=SEED, early=0, late_arrived=len(user_ids) + behind, **line
        )
        self.people = [
            self.world.waiters.join(AUCTION, user_id, user_id, self.world.clock.now_ms)
            for user_id in user_ids
        ]

    @property
    def line(self) -> Line:
        return self.world.lines_of[AUCTION]

    def seat(self, *people: Waiter) -> Seated:
        now_ms = self.world.clock.now_ms
        return seat(self.line, people, now_ms, self.world.window)

    def states(self) -> list[str]:
        return [self.world.state(AUCTION, it.user_id) for it in self.people]


def test_who_got_a_seat_is_marked_as_admitted_and_their_turn_is_over() -> None:
    row = Row("ann", "bob", seats=1)
    seated = row.seat(*row.people)
    assert [it.user_id for it in seated.admitted] == ["ann"]
    assert seated.done == {"ann"}
    assert row.states() == ["admitted", "waiting"]


def test_the_time_of_admission_is_kept() -> None:
    row = Row("ann")
    row.seat(*row.people)
    assert row.world.waiters_of[AUCTION, "ann"].admitted_at_ms == row.world.clock.now_ms


def test_the_room_hears_how_many_wait_behind_those_who_are_named() -> None:
    row = Row("ann", "bob", behind=4)
    row.seat(*row.people)
    assert row.world.admits == [4]


def test_a_paused_line_says_that_somebody_waits() -> None:
    row = Row("ann", paused=True)
    row.seat(*row.people)
    assert row.world.admits == [1]


def test_whose_seat_was_taken_back_is_marked_as_expired() -> None:
    row = Row("ann")
    row.seat(*row.people)
    row.world.clock.advance(61_000)
    assert row.seat().expired == 1
    assert row.states() == ["expired"]


def test_whom_the_room_refuses_is_set_aside_and_the_others_are_seated() -> None:
    row = Row("ann", "eve", "bob")
    row.world.refused_names = {"eve"}
    seated = row.seat(*row.people)
    assert [it.user_id for it in seated.admitted] == ["ann", "bob"]
    assert seated.done == {"ann", "eve", "bob"}
    assert row.states() == ["admitted", "expired", "admitted"]
    assert row.world.set_aside == ["the room refuses this newcomer: not a name: ['eve']"]


def test_one_by_one_nobody_is_asked_for_behind_who_finds_no_seat() -> None:
    row = Row("eve", "ann", "bob", "cyd", seats=1)
    row.world.refused_names = {"eve"}
    row.seat(*row.people)
    assert row.states() == ["expired", "admitted", "waiting", "waiting"]
    assert len(row.world.admits) == 2


def test_a_room_that_refuses_to_be_asked_for_nobody_is_an_error() -> None:
    row = Row()

    def refuse(*_: object) -> None:
        raise InvalidMessage("no such auction")

    row.world.room.admit = refuse  # type: ignore[assignment, method-assign] # a room that is broken
    with pytest.raises(InvalidMessage):
        row.seat()


def test_that_the_auction_is_over_is_told() -> None:
    row = Row("ann")
    row.world.is_over = True
    assert row.seat(*row.people) == Seated(is_over=True)
    assert row.states() == ["waiting"]
