"""The pace bounds how many come in, however many windows work at once, and wherever they die."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from lobby_service.logic.admit_next import admit_next
from lobby_service.logic.line import SETTLING_MS
from lobby_service.logic.stand import join, leave
from tests.fakes.interleaved import Interleaved
from tests.fakes.lobby import World
from tests.fakes.purse import Purse
from tests.fakes.steps import Crashed

AUCTION = "auction-1"
CROWD = [f"user-{n}" for n in range(80)]


class Night:
    """A crowd before open doors, a room for all of them, and a pace."""

    def __init__(self, pace: int) -> None:
        self.world = World(seats=len(CROWD))
        self.world.add_line(AUCTION, pace_per_minute=pace)
        self.world.clock.advance(SETTLING_MS)
        self.purse = Purse(pace)
        admit_next(AUCTION, self.world.window)
        for user_id in CROWD:
            join(AUCTION, user_id, user_id, self.world.desk)
        self.world.number_all()

    def pass_time(self, ms: int) -> None:
        self.world.clock.advance(ms)
        self.purse.pass_time(ms)

    def die_at(self, step: int | None) -> None:
        """A window that dies there, if it comes so far."""
        self.world.steps.crash_at(step)
        try:
            admit_next(AUCTION, self.world.window)
        except Crashed:
            pass
        finally:
            self.world.steps.crash_at(None)
        self.purse.pay_for(self.world.granted)

    def at_once(self, windows: int, choose: Callable[[int], int]) -> None:
        together = Interleaved(choose)
        self.world.steps.on_step = together.step
        together.run([lambda: admit_next(AUCTION, self.world.window)] * windows)
        self.world.steps.crash_at(None)
        self.purse.pay_for(self.world.granted)


paces = st.sampled_from([60, 600, 6_000])
times_ms = st.integers(0, 12_000)


@settings(deadline=None)
@given(paces, st.lists(st.tuples(times_ms, st.none() | st.integers(0, 60)), max_size=12))
def test_windows_that_die_let_nobody_in_for_nothing(
    pace: int, windows: list[tuple[int, int | None]]
) -> None:
    night = Night(pace)
    for ms, step in windows:
        night.pass_time(ms)
        night.die_at(step)


@settings(deadline=None)
@given(paces, st.lists(st.tuples(times_ms, st.integers(0, 2**32)), max_size=6))
def test_windows_that_meet_let_nobody_in_for_nothing(
    pace: int, meetings: list[tuple[int, int]]
) -> None:
    night = Night(pace)
    for ms, seed in meetings:
        night.pass_time(ms)
        night.at_once(4, random.Random(seed).randrange)


def test_nobody_is_paid_for_twice() -> None:
    night = Night(pace=600)
    for _ in range(len(CROWD) // 10):
        night.pass_time(1_000)
        night.at_once(4, random.Random(1).randrange)
        night.die_at(20)
    night.die_at(None)
    assert len(night.world.granted) == len(CROWD)


def test_who_was_let_in_and_leaves_before_the_line_moves_is_paid_for() -> None:
    night = Night(pace=60)
    night.pass_time(1_000)
    night.die_at(7)
    assert [user for user, _ in night.world.granted] == ["user-0"]
    assert night.world.lines_of[AUCTION].served == 0
    leave(AUCTION, "user-0", night.world.desk)
    night.die_at(None)
    assert len(night.world.granted) == 1
    assert night.world.lines_of[AUCTION].served == 1


def test_who_leaves_while_they_wait_costs_nothing() -> None:
    night = Night(pace=60)
    for user_id in CROWD[:30]:
        leave(AUCTION, user_id, night.world.desk)
    night.pass_time(1_000)
    night.die_at(None)
    assert [user for user, _ in night.world.granted] == ["user-30"]
