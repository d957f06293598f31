"""What is seen of a line that moves, and of one that does not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.line import SETTLING_MS
from lobby_service.logic.stand import join, leave
from lobby_service.logic.watch import MOVING_MS, OPENING_MS, Watched, watch
from shared.errors import Busy
from tests.fakes.lobby import CLAIM_MS, World

AUCTION = "auction-1"


def world_with(*people: str, seats: int = 3) -> World:
    """Open doors, and late people of whom nobody has come in yet."""
    world = World(seats)
    world.add_line(AUCTION)
    world.clock.advance(SETTLING_MS)
    admit_next(AUCTION, world.window)
    for user_id in people:
        join(AUCTION, user_id, user_id, world.desk)
    world.number_all()
    return world


def seen(world: World) -> Watched:
    return watch(world.lines_of[AUCTION], world.window)


def test_where_nobody_waits_there_is_nothing_to_see() -> None:
    world = world_with()
    world.clock.advance(10 * MOVING_MS)
    assert seen(world) == Watched()
    assert world.admits[1:] == []


def test_the_oldest_is_who_is_next() -> None:
    world = world_with("ann")
    world.clock.advance(5_000)
    join(AUCTION, "bob", "Bob", world.desk)
    world.number_all()
    world.clock.advance(3_000)
    assert seen(world).oldest_ms == 8_000
    leave(AUCTION, "ann", world.desk)
    assert seen(world).oldest_ms == 3_000


def test_who_came_early_has_waited_since_the_doors_time() -> None:
    world = World()
    doors_at_ms = world.clock.now_ms + 60_000
    world.add_line(AUCTION, doors_at_ms=doors_at_ms)
    join(AUCTION, "ann", "Ann", world.desk)
    world.number_all()
    assert seen(world) == Watched()
    world.clock.advance(60_000 + SETTLING_MS)
    assert seen(world).oldest_ms == SETTLING_MS
    world.lines.open_doors(world.lines_of[AUCTION], "00" * 16, world.clock.now_ms)
    assert seen(world).oldest_ms == SETTLING_MS


def test_a_line_that_moves_is_left_alone() -> None:
    world = world_with("ann")
    asked = len(world.admits)
    world.clock.advance(MOVING_MS - 1)
    assert not seen(world).stands
    assert len(world.admits) == asked


def test_a_line_stands_if_seats_are_free_and_nobody_has_come_in() -> None:
    world = world_with("ann")
    world.clock.advance(MOVING_MS)
    assert seen(world) == Watched(MOVING_MS, stands=True)


def test_a_turn_that_came_shows_that_the_line_moves() -> None:
    world = world_with("ann", "bob")
    world.clock.advance(MOVING_MS)
    line = world.lines_of[AUCTION]
    world.lines_of[AUCTION] = replace(line, served=1, credited_at_ms=world.clock.now_ms)
    assert seen(world) == Watched(MOVING_MS)


def test_who_has_just_come_is_no_reason_to_ring_though_nobody_came_for_long() -> None:
    world = world_with()
    world.clock.advance(100 * MOVING_MS)
    join(AUCTION, "ann", "Ann", world.desk)
    world.number_all()
    assert seen(world) == Watched(0)


def test_a_full_room_is_no_reason_to_ring() -> None:
    world = world_with("ann", seats=0)
    world.clock.advance(100 * MOVING_MS)
    assert seen(world) == Watched(100 * MOVING_MS)


@pytest.mark.parametrize("doors", ["open", "shut"])
def test_a_paused_line_is_no_reason_to_ring(doors: str) -> None:
    world = world_with("ann")
    seed = None if doors == "shut" else world.lines_of[AUCTION].seed
    world.lines.set(AUCTION, paused=True, seed=seed)
    world.clock.advance(OPENING_MS)
    found = seen(world)
    assert (found.stands, found.oldest_ms is not None) == (False, True)


def test_a_room_that_cannot_be_asked_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    world = world_with("ann")
    world.clock.advance(MOVING_MS)

    def busy(*_: object) -> None:
        raise Busy("not now")

    monkeypatch.setattr(world.room, "admit", busy)
    assert seen(world).stands


def test_whose_seat_is_taken_back_meanwhile_learns_it() -> None:
    world = world_with("ann", "bob", seats=1)
    world.clock.advance(1_000)
    admit_next(AUCTION, world.window)
    assert world.state(AUCTION, "ann") == "admitted"
    world.clock.advance(max(CLAIM_MS, MOVING_MS))
    found = seen(world)
    assert (found.stands, found.expired) == (True, 1)
    assert world.state(AUCTION, "ann") == "expired"


@pytest.mark.parametrize(("late_ms", "stands"), [(OPENING_MS - 1, False), (OPENING_MS, True)])
def test_doors_that_do_not_open_are_a_line_that_stands(late_ms: int, stands: bool) -> None:
    world = World()
    world.add_line(AUCTION)
    join(AUCTION, "ann", "Ann", world.desk)
    world.lines_of[AUCTION] = replace(world.lines_of[AUCTION], early_arrived=1)
    world.clock.advance(late_ms)
    assert seen(world) == Watched(late_ms, stands)
