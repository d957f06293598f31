"""A crowd before a public auction: they come, wait, go in and leave, by a clock that is moved."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from typing import Any

from bench.scene.lobby import START_MS, Lobby
from shared.lobby import OpenLine

STEP_MS = 200
MINUTE_MS = 60_000
DOORS_MS = START_MS + 5 * MINUTE_MS
LATE_MS = 8_000
"""How long after the doors most of the others come: before the first is let in."""

LATER_MS = 5 * MINUTE_MS
EARLY, LATE = 0.75, 0.95
"""How many come before the doors open, and how many by `LATE_MS` after; the rest comes while
others are let in."""

TWICE, LEAVE = 0.02, 0.01
"""How many join from a second device, and how many leave the line."""

LAG_MS = (-1_000, 20_000)
"""One shard of the stream is late while the doors open: who is in it gets a late number."""

ASKED_MS, LOADED_MS, STAY_MS = (2_000, 5_000), (100, 1_000), (5_000, 40_000)
"""How long somebody takes to ask again, to open the room, and stays in it; at random."""

PACE_PER_MINUTE = 60_000
LONGEST_MS = 24 * 60 * MINUTE_MS


class Crowd:
    """So many people, of whom each third never uses the seat they get.

    Attributes:
        turned_away: people who came with their ticket, and were refused.
        most: people who had a live connection or a ticket at the same instant.
    """

    def __init__(self, people: int, lobby: Lobby, chance: random.Random) -> None:
        self.lobby = lobby
        self.left: set[str] = set()
        self.turned_away = 0
        self.most = 0
        self._people, self._chance = people, chance
        self._let_in: set[str] = set()
        self._rights: set[str] = set()
        self._plans: list[tuple[int, int, Callable[[], object]]] = []
        self._arrivals = self._come()
        self._next = next(self._arrivals)
        self._planned = 0
        self._tick_ms = START_MS

    @property
    def now_ms(self) -> int:
        return self.lobby.clock.now_ms

    @property
    def everybody_came(self) -> bool:
        return self._next[1] == self._people

    def open_line(self) -> None:
        order = OpenLine(doors_at_ms=DOORS_MS, pace_per_minute=PACE_PER_MINUTE)
        self.lobby.order(order)
        self._plan(DOORS_MS + LAG_MS[0], lambda: self._lag(frozenset({0})))
        self._plan(DOORS_MS + LAG_MS[1], lambda: self._lag(frozenset()))

    def live_until(self, is_over: Callable[[], bool]) -> None:
        """Let time pass. Raises TimeoutError: it never was over."""
        while not is_over():
            if self.now_ms > START_MS + LONGEST_MS:
                raise TimeoutError("the line does not come to its end")
            self._step()

    def _step(self) -> None:
        until_ms = self.now_ms + STEP_MS
        while self._next[0] <= until_ms:
            self.lobby.clock.now_ms, person = self._next
            self._next = next(self._arrivals)
            self._join(person)
        self.lobby.clock.now_ms = until_ms
        while self._plans and self._plans[0][0] <= until_ms:
            heapq.heappop(self._plans)[2]()
        if self.now_ms >= self._tick_ms:
            self._tick_ms += MINUTE_MS
            self.lobby.keep_going()
        if self.now_ms % 1_000 == 0:
            for user_id in self.lobby.deliver_stream():
                self._admitted(user_id)
        self.lobby.deliver_windows()

    def _come(self) -> Iterator[tuple[int, int]]:
        """When who comes, in order."""
        early, late = round(EARLY * self._people), round(LATE * self._people)
        groups = (
            (0, early, START_MS + 1_000, DOORS_MS),
            (early, late, DOORS_MS, DOORS_MS + LATE_MS),
            (late, self._people, DOORS_MS + LATE_MS, DOORS_MS + LATER_MS),
        )
        for first, end, from_ms, to_ms in groups:
            for person in range(first, end):
                yield from_ms + (person - first) * (to_ms - from_ms) // (end - first), person
        yield START_MS + 2 * LONGEST_MS, self._people  # nobody

    def _join(self, person: int) -> None:
        user_id = user(person)
        said = self.lobby.join(user_id)
        assert said["state"] == "waiting", said
        dice = self._chance.random()
        if dice < TWICE:
            self._plan(self._soon(ASKED_MS), lambda: self.lobby.join(user_id))
        elif dice < TWICE + LEAVE:
            self._plan(self._soon((0, LATER_MS)), lambda: self._leave(user_id))

    def _leave(self, user_id: str) -> None:
        if user_id not in self._let_in:
            self.lobby.leave(user_id)
            self.left.add(user_id)

    def _admitted(self, user_id: str) -> None:
        self._let_in.add(user_id)
        if user_id not in self.left and int(user_id[-7:]) % 3:  # the others never come back
            self._plan(self._soon(ASKED_MS), lambda: self._take_ticket(user_id))

    def _take_ticket(self, user_id: str) -> None:
        me = self.lobby.me(user_id)
        if me["state"] != "admitted":
            self.turned_away += 1
            return
        self._rights.add(user_id)
        self.most = max(self.most, len(self._rights))
        self._plan(self._soon(LOADED_MS), lambda: self._go_in(user_id, me["ticket"]))

    def _go_in(self, user_id: str, ticket: str) -> None:
        event = self.lobby.connect(ticket, f"connection-of-{user_id}")
        if event is None:
            self.turned_away += 1
            self._rights.remove(user_id)
        else:
            self._plan(self._soon(STAY_MS), lambda: self._go_out(user_id, event))

    def _go_out(self, user_id: str, event: dict[str, Any]) -> None:
        self.lobby.disconnect(event)
        self._rights.remove(user_id)

    def _soon(self, between_ms: tuple[int, int]) -> int:
        return self.now_ms + self._chance.randint(*between_ms)

    def _plan(self, at_ms: int, act: Callable[[], object]) -> None:
        self._planned += 1
        heapq.heappush(self._plans, (at_ms, self._planned, act))

    def _lag(self, shards: frozenset[int]) -> None:
        self.lobby.lagging = shards


def user(person: int) -> str:
    return f"user-{person:07}"
