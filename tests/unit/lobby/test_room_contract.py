"""What the line relies on in the room: held by the room's own rules, and by the one in memory that
the line's tests have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import pytest

from shared.room import Admitted, Newcomer
from tests.fakes.lobby import CLAIM_MS, World
from tests.unit.websocket.room.places import Place

AUCTION = "auction-1"
FIRST_MS, SECOND_MS = 1_000, 2_000


class ARoom(Protocol):
    """A room with two seats, as a line has it."""

    def admit(self, *user_ids: str, opened_at_ms: int = FIRST_MS) -> Admitted: ...

    def close(self, opened_at_ms: int) -> None: ...

    def pass_time(self, ms: int) -> None: ...

    def end_auction(self) -> None: ...


class TheRoom:
    """The rules of `services/websocket`."""

    def __init__(self) -> None:
        self._place = Place(seats=2, seat_claim_ms=CLAIM_MS)

    def admit(self, *user_ids: str, opened_at_ms: int = FIRST_MS) -> Admitted:
        return self._place.admit(*user_ids, opened_at_ms=opened_at_ms)

    def close(self, opened_at_ms: int) -> None:
        self._place.close_room(opened_at_ms)

    def pass_time(self, ms: int) -> None:
        self._place.pass_time(ms)

    def end_auction(self) -> None:
        self._place.is_over = True


class TheRoomOfTests:
    """`tests.fakes.lobby.Room`, which knows only people of its line."""

    def __init__(self) -> None:
        self._world = World(seats=2)
        self._world.add_line(AUCTION)

    def admit(self, *user_ids: str, opened_at_ms: int = FIRST_MS) -> Admitted:
        for user_id in user_ids:
            self._world.waiters.join(AUCTION, user_id, user_id, 0)
        users = [Newcomer(user_id, user_id) for user_id in user_ids]
        return self._world.room.admit(AUCTION, 0, users, opened_at_ms)

    def close(self, opened_at_ms: int) -> None:
        self._world.room.close(AUCTION, opened_at_ms)

    def pass_time(self, ms: int) -> None:
        self._world.clock.advance(ms)

    def end_auction(self) -> None:
        self._world.is_over = True


@pytest.fixture(params=[TheRoom, TheRoomOfTests])
def room(request: pytest.FixtureRequest) -> ARoom:
    make: Callable[[], ARoom] = request.param
    return make()


def test_free_seats_go_to_the_first_who_are_named(room: ARoom) -> None:
    assert room.admit("ann", "bob", "cyd") == Admitted(("ann", "bob"), (), 0)


def test_who_has_a_seat_is_seated_whatever_there_is_for_those_before_them(room: ARoom) -> None:
    room.admit("ann", "bob")
    assert room.admit("cyd", "bob").seated == ("bob",)


def test_who_does_not_come_loses_the_seat_and_is_named(room: ARoom) -> None:
    room.admit("ann")
    room.pass_time(CLAIM_MS)
    assert room.admit() == Admitted((), ("ann",), 2)


def test_whose_seat_expired_and_who_is_seated_again_is_not_called_expired(room: ARoom) -> None:
    room.admit("ann")
    room.pass_time(CLAIM_MS)
    assert room.admit("ann") == Admitted(("ann",), (), 1)


def test_a_closed_room_seats_nobody(room: ARoom) -> None:
    room.admit("ann")
    room.close(FIRST_MS)
    assert room.admit("ann", "bob") == Admitted(("ann",), (), 0)


def test_a_line_that_was_opened_again_seats_people_and_who_comes_late_does_not(
    room: ARoom,
) -> None:
    room.admit()
    room.close(FIRST_MS)
    assert room.admit("ann", opened_at_ms=SECOND_MS).seated == ("ann",)
    assert room.admit("bob", opened_at_ms=FIRST_MS).seated == ()
    room.close(FIRST_MS)
    assert room.admit("bob", opened_at_ms=SECOND_MS).seated == ("bob",)


def test_an_auction_that_is_over_seats_nobody_and_says_so(room: ARoom) -> None:
    room.admit("ann")
    room.end_auction()
    assert room.admit("bob") == Admitted((), (), 0, is_over=True)
