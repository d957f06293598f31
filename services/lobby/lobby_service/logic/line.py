"""An auction's line: one item, the serialization point of numbers, doors and turns."""

from __future__ import annotations

from typing import Literal

import msgspec

from lobby_service.logic.permutation import number_at, place_of
from shared.lobby import LineStatus

Series = Literal["early", "late"]
"""The two series of numbers: of who came before the doors opened, and of who came after."""

SETTLING_MS = 10_000
"""The doors stay shut so long after their time at least, and then as long as people who came before
it are still being numbered: until none was for `QUIET_MS`."""

QUIET_MS = 5_000

LONGEST_SETTLING_MS = 3 * 60 * 1000
"""Then they open whatever is still being numbered: at 9,800 numbers a second over a million are."""

DEFAULT_PACE_PER_MINUTE = 1_200


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Where a line stands.

    Attributes:
        seed, early: both from the one write that opened the doors; None before.
        early_arrived, late_arrived: how many numbers of each series are assigned.
        early_at_ms: when the latest early number was assigned.
        early_until_ms, late_until_ms: when the latest of those with a number had joined.
        opened_at_ms: when it was opened, the latest time.
        served: how many places had their turn.
        credit, credited_at_ms: what of the pace is saved up, see `logic.pace`.
        extra: how many may come in beyond the pace.
        samples: (epoch ms, served) now and then, oldest first, see `logic.estimate`.
    """

    auction_id: str
    gather_at_ms: int
    doors_at_ms: int
    pace_per_minute: int = DEFAULT_PACE_PER_MINUTE
    paused: bool = False
    closed: bool = False
    seed: str | None = None
    early: int | None = None
    early_arrived: int = 0
    late_arrived: int = 0
    early_at_ms: int = 0
    early_until_ms: int = 0
    late_until_ms: int = 0
    opened_at_ms: int = 0
    served: int = 0
    credit: int = 0
    credited_at_ms: int = 0
    extra: int = 0
    samples: tuple[tuple[int, int], ...] = ()

    @property
    def status(self) -> LineStatus:
        if self.closed:
            return "closed"
        if self.paused:
            return "paused"
        return "gathering" if self.seed is None else "open"

    @property
    def arrived(self) -> int:
        return self.early_arrived + self.late_arrived

    @property
    def numbered_until_ms(self) -> int:
        """When the latest had joined of those who have a number. Shards of the stream number side
        by side: one or another who came before may have none yet."""
        return max(self.early_until_ms, self.late_until_ms)

    @property
    def waiting(self) -> int:
        """How many places have not had their turn, also those of people who have left."""
        return self.arrived - self.served

    @property
    def waiting_for_room(self) -> int:
        """As the room is told: while the line does not move, nobody goes past it."""
        return self.waiting if self.status == "open" else max(1, self.waiting)

    def is_due(self, now_ms: int) -> bool:
        """Whether it is time to open the doors."""
        if self.seed is not None or now_ms < self.doors_at_ms + SETTLING_MS:
            return False
        is_quiet = now_ms >= self.early_at_ms + QUIET_MS
        return is_quiet or now_ms >= self.doors_at_ms + LONGEST_SETTLING_MS

    def needs_windows(self, now_ms: int, within_ms: int) -> bool:
        """Whether somebody's turn, or the doors, can come so soon. A line in which nobody stands
        costs nothing."""
        if self.seed is None:
            return now_ms + within_ms >= self.doors_at_ms
        return self.waiting > 0

    def series_for(self, joined_at_ms: int) -> Series:
        """In which series who joined then gets a number, if it is assigned now."""
        return "early" if self.seed is None and joined_at_ms < self.doors_at_ms else "late"

    def arrived_in(self, series: Series) -> int:
        return self.early_arrived if series == "early" else self.late_arrived

    def until_ms(self, series: Series, joined_at_ms: int) -> int:
        """When the latest had joined who has a number of the series, with one who joined then."""
        before_ms = self.early_until_ms if series == "early" else self.late_until_ms
        return max(before_ms, joined_at_ms)

    def place_of(self, series: Series, number: int) -> int | None:
        """The place of a number, both from 1; None until the doors are open."""
        if self.seed is None or self.early is None:
            return None
        if series == "late":
            return self.early + number
        return 1 + place_of(number - 1, self.early, self.seed)

    def number_at(self, place: int) -> tuple[Series, int]:
        """Whose turn a place is, once the doors are open; both from 1."""
        if self.seed is None or self.early is None:
            raise ValueError("the doors are not open")
        if place > self.early:
            return "late", place - self.early
        return "early", 1 + number_at(place - 1, self.early, self.seed)

    def next_places(self, most: int) -> range:
        """The places whose turn comes next, at most so many."""
        return range(self.served + 1, min(self.served + most, self.arrived) + 1)
