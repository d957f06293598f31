"""Live connections and unexpired tickets of seats are never more than the seats, whatever is
interleaved, repeated or cut off."""

from __future__ import annotations

import random
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.errors import Busy, NotFound, RoomFull
from shared.limits import CONNECTION_LIFETIME_MS
from tests.fakes.builders import AUCTION
from tests.unit.websocket.room.places import Place
from websocket_service.logic.room.seats import SEATED_MS

USERS = ("ann", "bob")
SEATS = 1
TIMES_MS = (1, 9_999, 30_000, 60_000, CONNECTION_LIFETIME_MS - 1, 600_000)
ACTS = ("admit", "ask", "renew", "connect", "connect", "drop", "disconnect", "wait", "fail")

UNDISTURBED = 4
"""So deep in the middle of something else, nothing else happens."""


class Crash(Exception):
    """The Lambda died between two steps."""


class Night(Place):
    """Anything happens at any time, also in the middle of something else."""

    def __init__(self, seed: int) -> None:
        super().__init__(seats=SEATS)
        self.random = random.Random(seed)
        self.depth = 0
        self.secrets = ["unknown"]

    def step(self) -> None:
        self.check()
        if self.depth >= UNDISTURBED:
            return
        match self.random.choice(["go on", "go on", "meanwhile", "meanwhile", "crash"]):
            case "crash":
                raise Crash
            case "meanwhile":
                self.act()

    def act(self) -> None:
        """Something, whole or up to where its Lambda dies."""
        self.depth += 1
        with suppress(Crash, NotFound, RoomFull, Busy):
            self.one_of(self.random.choice(ACTS))
        self.depth -= 1
        self.check()

    def one_of(self, act: str) -> None:
        one = self.random.choice
        match act:
            case "admit":
                self.admit(*self.random.sample(USERS, one([0, 1, 2])), waiting=one([0, 0, 1]))
            case "ask":
                ticket = self.ask(one(USERS))
                self.secrets += [ticket[0]] if ticket else []
            case "renew":
                self.secrets.append(self.renew(one(USERS))[0])
            case "connect":
                self.connect(one(self.secrets[-2:]))
            case "drop":
                if up := [it for it, socket in self.sockets.items() if socket.is_up]:
                    self.drop(one(up))
            case "disconnect":
                if self.goodbyes:
                    self.disconnect(one(self.goodbyes))
            case "wait":
                self.pass_time(one(TIMES_MS))
            case "fail":
                self.closing_fails = one([True, False, False, False])

    def check(self) -> None:
        """Rights that count: sockets, and tickets that would open one."""
        rights = [
            socket.user_id
            for connection_id, socket in self.sockets.items()
            if socket.is_up or self.holds(connection_id)
        ]
        for ticket in self.tickets.stored.values():
            seat = self.seat(ticket.member.user_id)
            if ticket.expires_at_ms > self.clock() and seat and seat.claim == ticket.claim:
                rights.append(ticket.member.user_id)
        assert len(rights) <= SEATS
        assert len(rights) == len({*rights})
        if AUCTION in self.seats.rooms:
            assert self.room.taken == len(self.seats.rows.get(AUCTION, {})) <= SEATS

    def holds(self, connection_id: str) -> bool:
        """Whether a seat is a connection's, which may not be up yet."""
        rows = self.seats.rows.get(AUCTION, {}).values()
        return any(seat.connection_id == connection_id for seat in rows)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32))
def test_live_connections_and_tickets_are_never_more_than_the_seats(seed: int) -> None:
    night = Night(seed)
    for _ in range(80):
        night.act()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_once_everybody_has_gone_every_seat_is_free_again(seed: int) -> None:
    night = Night(seed)
    for _ in range(30):
        night.act()
    night.depth = UNDISTURBED
    night.pass_time(CONNECTION_LIFETIME_MS)
    night.pass_time(SEATED_MS)
    assert night.admit().free == SEATS
