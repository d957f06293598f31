"""What pace and operator allow, kept beside what admission windows know of it."""

from __future__ import annotations

from collections.abc import Iterable

from lobby_service.logic.pace import BURST_MS, UNITS


class Purse:
    """Pays for everyone who comes in.

    Args:
        pace: people a minute.
    """

    def __init__(self, pace: int) -> None:
        self.extra = 0
        self._pace = pace
        self._most = max(UNITS, pace * BURST_MS)
        self._units = 0
        self._paid: set[tuple[str, int]] = set()

    def pass_time(self, ms: int) -> None:
        self._units = min(self._most, self._units + ms * self._pace)

    def pay_for(self, turns: Iterable[tuple[str, int]]) -> None:
        for turn in set(turns) - self._paid:
            self._paid.add(turn)
            if self._units >= UNITS:
                self._units -= UNITS
            else:
                self.extra -= 1
            assert self.extra >= 0, "somebody came in who was not paid for"
