"""What a person does about a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.line import SETTLING_MS
from lobby_service.logic.stand import OVERDUE_MS, Desk, join, leave, look
from shared.errors import LobbyClosed, LobbyNotOpen, NotFound
from shared.lobby import LineStanding
from tests.fakes.lobby import World

AUCTION = "auction-1"

Act = Callable[[World], LineStanding]


def world_with(*people: str, seats: int = 3) -> World:
    """A line whose doors are open, and in it these people with their numbers."""
    world = World(seats)
    world.add_line(AUCTION)
    world.clock.advance(SETTLING_MS)
    admit_next(AUCTION, world.window)
    for user_id in people:
        join(AUCTION, user_id, user_id, world.desk)
        world.number_all()
        world.clock.advance(1)
    return world


def joins(world: World) -> LineStanding:
    return join(AUCTION, "ann", "Ann", world.desk)


def looks(world: World) -> LineStanding:
    return look(AUCTION, "ann", world.desk)


def leaves(world: World) -> LineStanding:
    return leave(AUCTION, "ann", world.desk)


both: pytest.MarkDecorator = pytest.mark.parametrize("act", [joins, looks])


def test_who_joins_waits_without_a_number_until_the_stream_gave_one() -> None:
    world = world_with()
    joined_at_ms = world.clock.now_ms
    assert joins(world) == LineStanding(state="waiting", joined_at_ms=joined_at_ms)
    world.number_all()
    standing = looks(world)
    assert (standing.number, standing.early, standing.place, standing.ahead) == (1, False, 1, 0)


def test_who_joins_again_stays_where_they_are() -> None:
    world = world_with("ann", "bob")
    assert joins(world).number == 1
    assert len(world.stream) == 2


@both
def test_without_a_line_there_is_nothing_to_stand_in(act: Act) -> None:
    with pytest.raises(NotFound):
        act(World())


@both
def test_a_closed_line_says_so(act: Act) -> None:
    world = world_with("ann")
    line = world.lines.read(AUCTION)
    assert line is not None
    world.lines.close(line)
    with pytest.raises(LobbyClosed):
        act(world)


def test_nobody_joins_before_people_may_gather() -> None:
    world = World()
    at_ms = world.clock.now_ms + 1
    world.add_line(AUCTION, gather_at_ms=at_ms, doors_at_ms=at_ms)
    with pytest.raises(LobbyNotOpen):
        joins(world)
    world.clock.advance(1)
    assert joins(world).state == "waiting"


@pytest.mark.parametrize("act", [looks, leaves])
def test_who_never_joined_is_not_in_the_line(act: Act) -> None:
    with pytest.raises(NotFound):
        act(world_with("bob"))


@both
def test_who_is_admitted_gets_a_ticket(act: Act) -> None:
    world = world_with("ann")
    admit_next(AUCTION, world.window)
    standing = act(world)
    assert (standing.state, standing.ticket) == ("admitted", "ticket-ann")
    assert standing.place is None


def test_whose_seat_is_gone_has_expired_and_joins_at_the_end() -> None:
    world = world_with("ann", "bob")
    admit_next(AUCTION, world.window)
    world.taken.clear()
    assert looks(world) == LineStanding(state="expired")
    assert joins(world).state == "waiting"
    assert world.waiters_of[AUCTION, "ann"].turn == 2


def test_whose_seat_is_gone_may_join_without_looking_first() -> None:
    world = world_with("ann")
    admit_next(AUCTION, world.window)
    world.taken.clear()
    assert joins(world).state == "waiting"
    assert world.waiters_of[AUCTION, "ann"].turn == 2


def passed_over() -> World:
    """Nobody can read who has the first number, so the line has gone past it."""
    world = world_with("ann", "bob")
    del world.numbers_of[AUCTION, "late"][1]
    admit_next(AUCTION, world.window)
    assert world.lines_of[AUCTION].served == 2
    return world


def test_whom_the_line_went_past_does_not_wait_for_ever() -> None:
    world = passed_over()
    assert looks(world) == LineStanding(state="expired")
    assert world.state(AUCTION, "ann") == "expired"


def test_whom_the_line_went_past_may_join_again_and_comes_in() -> None:
    world = passed_over()
    joined = joins(world)
    assert (joined.state, joined.number) == ("waiting", None)
    world.number_all()
    admit_next(AUCTION, world.window)
    assert looks(world).state == "admitted"


def test_a_line_read_a_moment_ago_takes_nobodys_turn_away() -> None:
    """The desk's line may be a second old, the waiter is not."""
    world = world_with("ann", "bob")
    before = world.lines_of[AUCTION]
    admit_next(AUCTION, world.window)
    desk = Desk(
        line_of=lambda _: before, waiters=world.waiters, room=world.room, now_ms=world.clock
    )
    assert [look(AUCTION, it, desk).state for it in ("ann", "bob")] == ["admitted", "admitted"]


def test_who_has_no_number_for_long_asks_for_one_by_looking() -> None:
    world = world_with()
    joins(world)
    world.clock.advance(OVERDUE_MS)
    looks(world)
    assert len(world.stream) == 1
    world.clock.advance(1)
    looks(world)
    assert [it.turn for it in world.stream] == [1, 1]


@pytest.mark.parametrize("admitted", [False, True])
def test_who_leaves_waits_no_more_and_may_come_back(admitted: bool) -> None:
    world = world_with("ann")
    if admitted:
        admit_next(AUCTION, world.window)
    assert leaves(world) == LineStanding(state="left")
    assert looks(world) == LineStanding(state="left")
    assert joins(world).state == "waiting"
    assert world.waiters_of[AUCTION, "ann"].turn == 2
