"""One admission window; what many do together is in `test_machine` and `test_pace_of_windows`."""

from __future__ import annotations

import pytest

from lobby_service.logic.admit_next import ROUNDS, admit_next
from lobby_service.logic.line import LONGEST_SETTLING_MS, QUIET_MS, SETTLING_MS, Line
from lobby_service.logic.stand import join, leave
from shared.limits import MAX_ADMIT
from tests.fakes.lobby import SEED, World

AUCTION = "auction-1"


class Doors:
    """A line whose doors are at `doors_ms`, and its windows."""

    def __init__(self, seats: int = 3, in_ms: int = 0, pace: int = 60_000) -> None:
        self.world = World(seats)
        self.doors_ms = self.world.clock.now_ms + in_ms
        self.world.add_line(AUCTION, doors_at_ms=self.doors_ms, pace_per_minute=pace)

    @property
    def line(self) -> Line:
        return self.world.lines_of[AUCTION]

    def join(self, *user_ids: str) -> None:
        for user_id in user_ids:
            join(AUCTION, user_id, user_id, self.world.desk)
        self.world.number_all()

    def open(self) -> Doors:
        self.world.clock.now_ms = self.doors_ms + SETTLING_MS
        self.window()
        self.world.clock.advance(1_000)
        return self

    def window(self) -> int:
        return admit_next(AUCTION, self.world.window).admitted


def test_an_auction_without_a_line_has_nobody_to_let_in() -> None:
    assert admit_next("elsewhere", World().window).admitted == 0


def test_before_it_is_time_the_doors_stay_shut_and_the_room_hears_of_the_line() -> None:
    doors = Doors(in_ms=60_000)
    doors.window()
    assert doors.line.seed is None
    assert doors.world.admits == [1]


def test_when_it_is_time_the_seed_is_drawn_and_the_early_are_counted() -> None:
    doors = Doors(in_ms=60_000)
    doors.join("ann", "bob")
    doors.open()
    assert (doors.line.seed, doors.line.early) == (SEED, 2)


def test_who_came_in_time_is_early_though_numbering_takes_longer_than_the_doors() -> None:
    doors = Doors(in_ms=1_000)
    people = [f"user-{n}" for n in range(6)]
    for user_id in people:
        join(AUCTION, user_id, user_id, doors.world.desk)
    for arrival in doors.world.stream:
        doors.world.clock.now_ms = max(doors.world.clock.now_ms, doors.doors_ms)
        doors.world.clock.advance(QUIET_MS - 1)
        doors.window()
        doors.world.number([arrival])
    assert doors.world.clock.now_ms > doors.doors_ms + SETTLING_MS
    doors.world.clock.advance(QUIET_MS)
    doors.window()
    assert doors.line.early == len(people)


def test_the_doors_open_in_the_end_though_numbering_never_ends() -> None:
    doors = Doors(in_ms=1_000)
    people = [f"user-{n}" for n in range(50)]
    for user_id in people:
        join(AUCTION, user_id, user_id, doors.world.desk)
    for arrival in doors.world.stream:
        doors.world.clock.advance(QUIET_MS - 1)
        doors.window()
        doors.world.number([arrival])
    waited_ms = doors.world.clock.now_ms - doors.doors_ms
    assert waited_ms > LONGEST_SETTLING_MS
    assert doors.line.early is not None
    assert doors.line.early < len(people) == doors.line.arrived


def test_people_come_in_by_their_places_until_the_room_is_full() -> None:
    doors = Doors(seats=2).open()
    doors.join("ann", "bob", "cyd")
    assert doors.window() == 2
    assert [user for user, _ in doors.world.granted] == ["ann", "bob"]
    assert (doors.line.served, doors.line.waiting) == (2, 1)


def test_people_come_in_until_the_pace_is_used_up() -> None:
    doors = Doors(seats=50, pace=60).open()
    doors.join("ann", "bob", "cyd")
    assert doors.window() == 1
    assert doors.window() == 0


def test_one_window_lets_in_more_than_the_room_takes_at_a_time() -> None:
    doors = Doors(seats=100).open()
    doors.join(*(f"user-{n}" for n in range(2 * MAX_ADMIT + 1)))
    assert doors.window() == 2 * MAX_ADMIT + 1


def test_one_window_has_an_end() -> None:
    doors = Doors(seats=ROUNDS * MAX_ADMIT + 1).open()
    doors.world.clock.advance(60_000)
    doors.join(*(f"user-{n}" for n in range(ROUNDS * MAX_ADMIT + 1)))
    assert doors.window() == ROUNDS * MAX_ADMIT


def test_who_left_is_passed_over() -> None:
    doors = Doors(seats=1).open()
    doors.join("ann", "bob")
    leave(AUCTION, "ann", doors.world.desk)
    assert doors.window() == 1
    assert doors.world.state(AUCTION, "bob") == "admitted"


def test_seats_that_expired_are_counted_and_go_to_the_next() -> None:
    doors = Doors(seats=1).open()
    doors.join("ann", "bob")
    doors.window()
    doors.world.clock.advance(61_000)
    done = admit_next(AUCTION, doors.world.window)
    assert (done.admitted, done.expired) == (1, 1)
    assert doors.world.state(AUCTION, "ann") == "expired"


def test_the_longest_wait_counts_from_the_doors_or_from_joining() -> None:
    doors = Doors(seats=0, in_ms=60_000)
    doors.join("ann")
    doors.open()
    doors.world.seats = 5
    doors.join("bob")
    assert admit_next(AUCTION, doors.world.window).longest_ms == SETTLING_MS + 1_000


def test_a_closed_line_lets_nobody_in() -> None:
    doors = Doors().open()
    doors.join("ann")
    doors.world.lines.close(doors.line)
    assert doors.window() == 0
    assert doors.world.state(AUCTION, "ann") == "waiting"


@pytest.mark.parametrize("people", [(), ("ann", "bob")])
def test_the_line_of_an_auction_that_is_over_is_closed_with_the_next_window(
    people: tuple[str, ...],
) -> None:
    doors = Doors().open()
    doors.join(*people)
    doors.world.is_over = True
    assert doors.window() == 0
    assert doors.line.closed
    assert doors.line.served == 0


def test_a_window_that_hears_late_that_the_auction_was_over_leaves_a_reopened_line_open() -> None:
    doors = Doors().open()
    doors.world.is_over = True
    stale = doors.line
    doors.window()
    doors.world.lines.reopen(doors.line, doors.world.clock.now_ms)
    assert not doors.world.lines.close(stale)
    assert not doors.line.closed


def test_whom_the_room_refuses_costs_nothing_of_the_pace() -> None:
    doors = Doors(seats=9, pace=60).open()
    doors.world.refused_names = {"eve"}
    doors.join("eve", "ann")
    doors.window()
    assert doors.world.state(AUCTION, "eve") == "expired"
    assert doors.window() == 1
    assert doors.line.credit == 0
