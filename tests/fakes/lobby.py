"""A line and its room in memory, whose every step may be the last one or be interrupted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec

from lobby_service.logic.line import Line, Series
from lobby_service.logic.line_up import arrivals_of, line_up
from lobby_service.logic.ports import Arrival, NotNumbered, Numbered, NumberingLost, Waiter
from lobby_service.logic.stand import Desk
from lobby_service.logic.window import Window
from shared.errors import InvalidMessage, NotFound
from shared.lobby import WaiterState
from shared.room import Admitted, Newcomer, SeatTicket
from tests.fakes.clock import Clock
from tests.fakes.steps import Steps

SEED = "00112233445566778899aabbccddeeff"
CLAIM_MS = 60_000


class World:
    """Lines, waiters, numbers, the stream, and a room with `seats` seats.

    Attributes:
        granted: (user, turn) in the order in which they first got their seat.
        admits: the `waiting` of each request to the room.
        refused_names: newcomers that the room takes for invalid.
        is_over: whether the auction was closed.
    """

    def __init__(self, seats: int = 3) -> None:
        self.clock = Clock()
        self.steps = Steps()
        self.seats = seats
        self.lines_of: dict[str, Line] = {}
        self.waiters_of: dict[tuple[str, str], Waiter] = {}
        self.numbers_of: dict[tuple[str, Series], dict[int, Numbered]] = {}
        self.stream: list[Arrival] = []
        self.taken: dict[str, int | None] = {}
        self.granted: list[tuple[str, int]] = []
        self.admits: list[int] = []
        self.refused_names: set[str] = set()
        self.set_aside: list[str] = []
        self.is_over = False
        self.lines, self.waiters, self.numbers = Lines(self), Waiters(self), Numbers(self)
        self.room = Room(self)
        self.window = Window(
            lines=self.lines,
            waiters=self.waiters,
            numbers=self.numbers,
            room=self.room,
            set_asides=SetAsides(self),
            now_ms=self.clock,
            new_seed=lambda: SEED,
        )
        self.desk = Desk(
            line_of=self.lines.read, waiters=self.waiters, room=self.room, now_ms=self.clock
        )

    def step(self) -> None:
        self.steps.on_step()

    def add_line(self, auction_id: str, **fields: Any) -> Line:
        values = {"gather_at_ms": 0, "doors_at_ms": self.clock.now_ms, "pace_per_minute": 60_000}
        self.lines_of[auction_id] = Line(auction_id=auction_id, **values | fields)
        return self.lines_of[auction_id]

    def number_all(self) -> None:
        """Deliver the whole stream."""
        self.number(self.stream)

    def number(
        self, records: Sequence[Arrival], wait: Callable[[int], object] = lambda _: None
    ) -> None:
        """Deliver some records of the stream."""
        for auction_id, arrivals in arrivals_of(records).items():
            line_up(auction_id, arrivals, lines=self.lines, numbers=self.numbers, wait=wait)

    def held(self) -> int:
        """Seats that are taken or offered now."""
        return sum(it is None or it > self.clock.now_ms for it in self.taken.values())

    def state(self, auction_id: str, user_id: str) -> WaiterState:
        return self.waiters_of[auction_id, user_id].state

    def change_waiter(self, waiter: Waiter, **values: Any) -> None:
        changed = msgspec.structs.replace(waiter, **values)
        self.waiters_of[waiter.auction_id, waiter.user_id] = changed


class Part:
    def __init__(self, world: World) -> None:
        self._world = world


class Lines(Part):
    _extra_request = ""

    def read(self, auction_id: str) -> Line | None:
        self._world.step()
        return self._world.lines_of.get(auction_id)

    def running(self) -> Sequence[Line]:
        return [line for line in self._world.lines_of.values() if not line.closed]

    def create(self, line: Line) -> bool:
        self._world.step()
        if line.auction_id in self._world.lines_of:
            return False
        self._world.lines_of[line.auction_id] = line
        return True

    def set(self, auction_id: str, **values: Any) -> None:
        self._write(auction_id, lambda _: True, **values)

    def set_doors(self, auction_id: str, gather_at_ms: int, doors_at_ms: int) -> bool:
        doors = {"gather_at_ms": gather_at_ms, "doors_at_ms": doors_at_ms}
        return self._write(auction_id, lambda it: it.seed is None, **doors)

    def add_extra(self, auction_id: str, people: int, request_id: str) -> None:
        if self._extra_request != request_id:
            self._extra_request = request_id
            self.set(auction_id, extra=self._world.lines_of[auction_id].extra + people)

    def close(self, line: Line) -> bool:
        def same(now: Line) -> bool:
            return now.opened_at_ms == line.opened_at_ms

        return self._write(line.auction_id, same, closed=True)

    def reopen(self, line: Line, at_ms: int) -> bool:
        def closed(now: Line) -> bool:
            return now.closed and now.opened_at_ms == line.opened_at_ms

        return self._write(line.auction_id, closed, closed=False, opened_at_ms=at_ms)

    def open_doors(self, line: Line, seed: str, at_ms: int) -> bool:
        def same(now: Line) -> bool:
            return now.seed is None and now.early_arrived == line.early_arrived

        opened = {"seed": seed, "early": line.early_arrived, "credited_at_ms": at_ms}
        return self._write(line.auction_id, same, **opened, samples=((at_ms, 0),))

    def advance(self, line: Line, moved: Line, extra_used: int) -> bool:
        kept = {name: getattr(moved, name) for name in ("served", "credit", "credited_at_ms")}
        kept["samples"] = moved.samples
        kept["extra"] = self._world.lines_of[line.auction_id].extra - extra_used
        return self._write(line.auction_id, lambda it: it.served == line.served, **kept)

    def _write(self, auction_id: str, holds: Callable[[Line], bool], **values: Any) -> bool:
        self._world.step()
        now = self._world.lines_of[auction_id]
        written = holds(now)
        if written:
            self._world.lines_of[auction_id] = msgspec.structs.replace(now, **values)
        self._world.step()
        return written


class Waiters(Part):
    def join(self, auction_id: str, user_id: str, name: str, now_ms: int) -> Waiter:
        self._world.step()
        there = self._world.waiters_of.get((auction_id, user_id))
        if there is None or there.state in ("left", "expired"):
            there = Waiter(
                auction_id=auction_id,
                user_id=user_id,
                name=name,
                state="waiting",
                turn=there.turn + 1 if there else 1,
                joined_at_ms=now_ms,
            )
            self._world.waiters_of[auction_id, user_id] = there
            self._world.stream.append(Arrival(auction_id, user_id, there.turn, now_ms))
        self._world.step()
        return there

    def ask_again(self, waiter: Waiter, now_ms: int) -> None:
        there = self._world.waiters_of[waiter.auction_id, waiter.user_id]
        if there.turn == waiter.turn and there.state == "waiting" and there.number is None:
            again = Arrival(there.auction_id, there.user_id, there.turn, there.joined_at_ms)
            self._world.stream.append(again)

    def read(self, auction_id: str, user_id: str) -> Waiter | None:
        self._world.step()
        return self._world.waiters_of.get((auction_id, user_id))

    def read_many(self, auction_id: str, user_ids: Collection[str]) -> Mapping[str, Waiter]:
        self._world.step()
        found = self._world.waiters_of
        return {it: found[auction_id, it] for it in user_ids if (auction_id, it) in found}

    def leave(self, auction_id: str, user_id: str) -> Waiter | None:
        there = self._world.waiters_of.get((auction_id, user_id))
        if there is not None and there.state in ("waiting", "admitted"):
            self._world.change_waiter(there, state="left")
        return self._world.waiters_of.get((auction_id, user_id))

    def admit(self, waiter: Waiter, now_ms: int) -> None:
        self._change(waiter, ("waiting",), "admitted", admitted_at_ms=now_ms)

    def expire(self, waiter: Waiter) -> None:
        self._change(waiter, ("waiting", "admitted"), "expired")

    def expire_before(self, auction_id: str, user_id: str, before_ms: int) -> None:
        there = self._world.waiters_of.get((auction_id, user_id))
        if there is None:
            return
        if there.admitted_at_ms is not None and there.admitted_at_ms < before_ms:
            self._change(there, ("admitted",), "expired")

    def _change(
        self, waiter: Waiter, states: tuple[str, ...], to: WaiterState, **values: Any
    ) -> None:
        self._world.step()
        there = self._world.waiters_of[waiter.auction_id, waiter.user_id]
        if there.turn == waiter.turn and there.state in states:
            self._world.change_waiter(there, state=to, **values)
        self._world.step()


class Numbers(Part):
    def assign(self, line: Line, series: Series, arrivals: Sequence[Arrival]) -> None:
        self._world.step()
        assert len({it.user_id for it in arrivals}) == len(arrivals), "an item twice"
        now = self._world.lines_of[line.auction_id]
        waiters = [self._world.waiters_of[it.auction_id, it.user_id] for it in arrivals]
        refused = [
            arrival
            for arrival, it in zip(arrivals, waiters, strict=True)
            if it.state != "waiting" or it.turn != arrival.turn or it.number is not None
        ]
        if refused:
            raise NotNumbered(refused)
        if now.arrived_in(series) != line.arrived_in(series) or (series == "early" and now.seed):
            raise NumberingLost
        first = now.arrived_in(series) + 1
        numbers = self._world.numbers_of.setdefault((line.auction_id, series), {})
        for number, (arrival, waiter) in enumerate(zip(arrivals, waiters, strict=True), first):
            numbers[number] = (arrival.user_id, arrival.turn)
            self._world.change_waiter(waiter, number=number, early=series == "early")
        counted = {
            f"{series}_arrived": now.arrived_in(series) + len(arrivals),
            f"{series}_until_ms": line.until_ms(series, arrivals[-1].joined_at_ms),
        }
        if series == "early":
            counted["early_at_ms"] = self._world.clock.now_ms
        self._world.lines_of[line.auction_id] = msgspec.structs.replace(now, **counted)
        self._world.step()

    def at(
        self, auction_id: str, series: Series, numbers: Collection[int]
    ) -> Mapping[int, Numbered]:
        self._world.step()
        found = self._world.numbers_of.get((auction_id, series), {})
        return {number: found[number] for number in numbers if number in found}


class Room(Part):
    """As `tests/unit/lobby/test_room_contract.py` says that rooms are."""

    opened_at_ms = 0
    is_open = True

    def admit(
        self, auction_id: str, waiting: int, users: Sequence[Newcomer], opened_at_ms: int
    ) -> Admitted:
        world = self._world
        world.step()
        if bad := [it.user_id for it in users if it.name in world.refused_names]:
            raise InvalidMessage(f"not a name: {bad}")
        world.admits.append(waiting)
        if opened_at_ms > self.opened_at_ms:
            self.opened_at_ms, self.is_open = opened_at_ms, True
        self.is_open = self.is_open and not world.is_over
        is_open = self.is_open and opened_at_ms == self.opened_at_ms
        now_ms = world.clock.now_ms
        expired = tuple(u for u, at in world.taken.items() if at is not None and at <= now_ms)
        for user_id in expired:
            del world.taken[user_id]
        free = max(0, world.seats - len(world.taken)) if is_open else 0
        seated = []
        for user in users:
            if user.user_id not in world.taken:
                if not free:
                    continue
                free -= 1
                self._grant(auction_id, user.user_id)
            seated.append(user.user_id)
        world.step()
        gone = tuple(it for it in expired if it not in world.taken)
        return Admitted(tuple(seated), gone, free, world.is_over)

    def _grant(self, auction_id: str, user_id: str) -> None:
        world = self._world
        waiter = world.waiters_of[auction_id, user_id]
        assert waiter.state in ("waiting", "left"), f"a turn is served twice: {waiter}"
        world.taken[user_id] = world.clock.now_ms + CLAIM_MS
        if (user_id, waiter.turn) not in world.granted:
            world.granted.append((user_id, waiter.turn))

    def renew_ticket(self, auction_id: str, user_id: str) -> SeatTicket:
        expires_at_ms = self._world.taken.get(user_id, 0)
        if expires_at_ms is not None and expires_at_ms <= self._world.clock.now_ms:
            raise NotFound("no seat")
        return SeatTicket(f"ticket-{user_id}", self._world.clock.now_ms + 30_000)

    def close(self, auction_id: str, opened_at_ms: int) -> None:
        if opened_at_ms >= self.opened_at_ms:
            self.opened_at_ms, self.is_open = opened_at_ms, False


class SetAsides(Part):
    def put(self, origin: str, reason: str, payload: str) -> None:
        self._world.set_aside.append(reason)
