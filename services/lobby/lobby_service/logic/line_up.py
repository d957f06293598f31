"""Numbers for those who joined: in batches, without gaps, each turn once, whatever comes again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from lobby_service.logic.ports import Arrival, Lines, NotNumbered, NumberingLost, Numbers
from shared.errors import Busy

AT_ONCE = 98
"""A transaction takes 100 writes: the line, the block of numbers, and this many waiters."""

ATTEMPTS = 30
"""Each shard of the stream numbers at the same time as the others, and one of them wins."""


def arrivals_of(arrivals: Sequence[Arrival]) -> dict[str, list[Arrival]]:
    """Each auction's, by time; of a user only the latest turn, for no other can still wait."""
    latest: dict[str, dict[str, Arrival]] = defaultdict(dict)
    for arrival in sorted(arrivals, key=lambda it: (it.joined_at_ms, it.turn)):
        latest[arrival.auction_id][arrival.user_id] = arrival
    return {
        auction_id: sorted(found.values(), key=lambda it: it.joined_at_ms)
        for auction_id, found in latest.items()
    }


def line_up(
    auction_id: str,
    arrivals: Sequence[Arrival],
    *,
    lines: Lines,
    numbers: Numbers,
    wait: Callable[[int], object],
) -> None:
    """Give every arrival a number that needs one.

    Args:
        arrivals: of `arrivals_of`.
        wait: waits before the attempt of that number, so that those who lose do not meet again.

    Raises:
        Busy: others were faster too often; what was numbered stays so, and all may come again.
    """
    for start in range(0, len(arrivals), AT_ONCE):
        _number(auction_id, list(arrivals[start : start + AT_ONCE]), lines, numbers, wait)


def _number(
    auction_id: str,
    pending: list[Arrival],
    lines: Lines,
    numbers: Numbers,
    wait: Callable[[int], object],
) -> None:
    lost = 0
    while pending:
        line = lines.read(auction_id)
        if line is None:
            break
        series = line.series_for(pending[0].joined_at_ms)
        some = [it for it in pending if line.series_for(it.joined_at_ms) == series]
        try:
            numbers.assign(line, series, some)
        except NotNumbered as those:
            pending = _without(pending, those.arrivals)
        except NumberingLost:
            lost += 1
            if lost == ATTEMPTS:
                raise Busy("the line is busy") from None
            wait(lost)
        else:
            pending = _without(pending, some)


def _without(pending: Sequence[Arrival], others: Sequence[Arrival]) -> list[Arrival]:
    gone = {it.user_id for it in others}
    return [it for it in pending if it.user_id not in gone]
