"""Numbers, when others number at the same time."""

from typing import Any

import pytest

from lobby_service.logic.line_up import AT_ONCE, ATTEMPTS, arrivals_of
from lobby_service.logic.ports import Arrival, NumberingLost
from lobby_service.logic.stand import join, leave
from shared.errors import Busy
from tests.fakes.lobby import World

AUCTION = "auction-1"


def crowded(people: int) -> World:
    world = World()
    world.add_line(AUCTION, doors_at_ms=world.clock.now_ms + 60_000)
    for n in range(people):
        join(AUCTION, f"user-{n}", "Name", world.desk)
        world.clock.advance(1)
    return world


def test_numbers_follow_the_time_of_arrival_within_a_batch() -> None:
    world = crowded(3 * AT_ONCE)
    world.number(world.stream[::-1])
    in_order = [world.waiters_of[AUCTION, f"user-{n}"].number for n in range(3 * AT_ONCE)]
    assert in_order == list(range(1, 3 * AT_ONCE + 1))


def test_who_loses_waits_and_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    world, waits = crowded(1), list[int]()
    real, losses = world.numbers.assign, iter((True, True, False))

    def assign(*arguments: Any) -> None:
        if next(losses):
            raise NumberingLost
        real(*arguments)

    monkeypatch.setattr(world.numbers, "assign", assign)
    world.number(world.stream, waits.append)
    assert waits == [1, 2]


def test_who_always_loses_is_busy_and_nobody_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    world, waits = crowded(2), list[int]()

    def lose(*_: object) -> None:
        raise NumberingLost

    with monkeypatch.context() as patch:
        patch.setattr(world.numbers, "assign", lose)
        with pytest.raises(Busy):
            world.number(world.stream, waits.append)
    assert len(waits) == ATTEMPTS - 1
    world.number(world.stream)
    assert world.lines_of[AUCTION].arrived == 2


def test_of_a_user_who_left_and_came_back_the_latest_turn_is_numbered() -> None:
    world = crowded(1)
    leave(AUCTION, "user-0", world.desk)
    join(AUCTION, "user-0", "Name", world.desk)
    world.number(world.stream)
    assert world.numbers_of[AUCTION, "early"] == {1: ("user-0", 2)}


def test_an_arrival_of_a_line_that_is_gone_is_passed_over() -> None:
    world = World()
    world.number([Arrival("gone", "user-0", 1, 5)])
    assert world.numbers_of == {}


def test_who_is_numbered_after_the_doors_opened_is_late_though_they_came_early() -> None:
    world = crowded(2)
    world.number(world.stream[:1])
    line = world.lines_of[AUCTION]
    world.lines.open_doors(line, "00" * 16, world.clock.now_ms)
    world.number(world.stream[1:])
    assert world.waiters_of[AUCTION, "user-1"].early is False


def test_who_left_before_their_number_leaves_no_gap() -> None:
    world = crowded(4)
    for user_id in ("user-0", "user-2"):
        leave(AUCTION, user_id, world.desk)
    world.number_all()
    assert world.numbers_of[AUCTION, "early"] == {1: ("user-1", 1), 2: ("user-3", 1)}


def test_who_has_a_number_keeps_it_whatever_comes_again() -> None:
    world = crowded(3)
    world.number(world.stream[:2])
    before = dict(world.numbers_of[AUCTION, "early"])
    world.number_all()
    world.number(world.stream[::-1])
    assert world.numbers_of[AUCTION, "early"] == before | {3: ("user-2", 1)}


def test_who_joined_before_and_after_the_doors_time_is_numbered_apart() -> None:
    world = crowded(1)
    world.clock.advance(60_000)
    join(AUCTION, "late-0", "Name", world.desk)
    world.number_all()
    assert world.numbers_of[AUCTION, "early"] == {1: ("user-0", 1)}
    assert world.numbers_of[AUCTION, "late"] == {1: ("late-0", 1)}


def test_the_arrivals_of_a_batch_are_each_auctions_by_time_and_a_users_latest() -> None:
    ann, bob = Arrival("a-1", "ann", 1, 5), Arrival("a-1", "bob", 1, 3)
    again, elsewhere = Arrival("a-1", "ann", 2, 9), Arrival("a-2", "ann", 1, 7)
    assert arrivals_of([ann, elsewhere, again, bob, ann]) == {
        "a-1": [bob, again],
        "a-2": [elsewhere],
    }
