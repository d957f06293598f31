"""Lines that were read a moment ago: everyone who comes asks for the same one."""

from __future__ import annotations

from collections.abc import Callable

from lobby_service.logic.line import Line

KEPT_MS = 1_000
MOST = 100


class RecentLines:
    """What `read` said at most `KEPT_MS` ago, of at most `MOST` lines."""

    def __init__(self, read: Callable[[str], Line | None], now_ms: Callable[[], int]) -> None:
        self._read = read
        self._now_ms = now_ms
        self._kept: dict[str, tuple[int, Line]] = {}

    def __call__(self, auction_id: str) -> Line | None:
        now_ms = self._now_ms()
        at_ms, line = self._kept.get(auction_id, (0, None))
        if line is not None and 0 <= now_ms - at_ms < KEPT_MS:
            return line
        line = self._read(auction_id)
        self._kept.pop(auction_id, None)
        if line is not None:
            if len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[auction_id] = (now_ms, line)
        return line
