"""What the line needs of the world; `adapters` has it, tests have it in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from lobby_service.logic.line import Line, Series
from shared.lobby import WaiterState
from shared.room import Admitted, Newcomer, SeatTicket


class Waiter(msgspec.Struct, frozen=True, kw_only=True):
    """A user in a line.

    Attributes:
        turn: how often they have joined; each time is a turn of its own, at the end.
        number, early: their number and its series, once assigned.
        admitted_at_ms: when this turn was let in, also if it is over by now.
    """

    auction_id: str
    user_id: str
    name: str
    state: WaiterState
    turn: int
    joined_at_ms: int
    number: int | None = None
    early: bool | None = None
    admitted_at_ms: int | None = None


class Arrival(msgspec.Struct, frozen=True):
    """A turn that waits for its number."""

    auction_id: str
    user_id: str
    turn: int
    joined_at_ms: int


Numbered = tuple[str, int]
"""Who has a number: user id and turn."""


class UnreadableLine(Exception):
    """An auction has a line, and nobody can read it."""


class Lines(Protocol):
    """The lines; every change is one conditional write, whose bool says whether it was made."""

    def read(self, auction_id: str) -> Line | None:
        """Raises UnreadableLine."""
        ...

    def running(self) -> Sequence[Line]:
        """All that are not closed."""
        ...

    def create(self, line: Line) -> bool:
        """If there is none."""
        ...

    def set(self, auction_id: str, **values: Any) -> None:
        """Set what operators decide."""
        ...

    def set_doors(self, auction_id: str, gather_at_ms: int, doors_at_ms: int) -> bool:
        """If they are still shut."""
        ...

    def add_extra(self, auction_id: str, people: int, request_id: str) -> None:
        """Unless this request was the latest to add any."""
        ...

    def close(self, line: Line) -> bool:
        """If it was not opened again since."""
        ...

    def reopen(self, line: Line, at_ms: int) -> bool:
        """Open a closed line again, if nobody else did since."""
        ...

    def open_doors(self, line: Line, seed: str, at_ms: int) -> bool:
        """Fix the seed, and that all early numbers are those in `line`; if that is so, and the
        doors are still shut."""
        ...

    def advance(self, line: Line, moved: Line, extra_used: int) -> bool:
        """Take over what `moved` has served, its credit and its samples, if `line` is where it
        was."""
        ...


class Waiters(Protocol):
    """The waiters. What does not apply (any more) changes nothing."""

    def join(self, auction_id: str, user_id: str, name: str, now_ms: int) -> Waiter:
        """A new turn, unless they are waiting or admitted; how they stand after it."""
        ...

    def read(self, auction_id: str, user_id: str) -> Waiter | None: ...

    def read_many(self, auction_id: str, user_ids: Collection[str]) -> Mapping[str, Waiter]: ...

    def ask_again(self, waiter: Waiter, now_ms: int) -> None:
        """Let the stream say once more that this turn waits, if it has no number."""
        ...

    def leave(self, auction_id: str, user_id: str) -> Waiter | None:
        """How they stand after it; None if they never joined."""
        ...

    def admit(self, waiter: Waiter, now_ms: int) -> None:
        """If this turn still waits."""
        ...

    def expire(self, waiter: Waiter) -> None:
        """If this turn waits or is admitted."""
        ...

    def expire_before(self, auction_id: str, user_id: str, before_ms: int) -> None:
        """If they were admitted before that time."""
        ...


class NumberingLost(Exception):
    """The line was not where it was: nothing was numbered."""


class NotNumbered(Exception):
    """Some need no number any more, or have one: nothing was numbered.

    Attributes:
        arrivals: those.
    """

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        super().__init__(f"{len(arrivals)} arrivals need no number")
        self.arrivals = tuple(arrivals)


class Numbers(Protocol):
    """Who has which number."""

    def assign(self, line: Line, series: Series, arrivals: Sequence[Arrival]) -> None:
        """Give the arrivals the next numbers of the series, in their order: all of it or nothing.

        Raises:
            NumberingLost: others were numbered since `line` was read, or the doors opened.
            NotNumbered: see there.
        """
        ...

    def at(
        self, auction_id: str, series: Series, numbers: Collection[int]
    ) -> Mapping[int, Numbered]:
        """Who has these numbers."""
        ...


class Room(Protocol):
    """The room that the line leads to; `opened_at_ms` is the line's. Its functions may raise
    Unavailable."""

    def admit(
        self, auction_id: str, waiting: int, users: Sequence[Newcomer], opened_at_ms: int
    ) -> Admitted: ...

    def renew_ticket(self, auction_id: str, user_id: str) -> SeatTicket:
        """Raises NotFound: there is no seat any more."""
        ...

    def close(self, auction_id: str, opened_at_ms: int) -> None: ...


class SetAsides(Protocol):
    """Where things go that nobody understood."""

    def put(self, origin: str, reason: str, payload: str) -> None: ...
