"""How a line looks from outside, whether windows work on it or not: who waits longest, and whether
it stands although people could come in."""

from __future__ import annotations

import msgspec

from lobby_service.logic.admit_next import next_turns
from lobby_service.logic.line import Line
from lobby_service.logic.window import Window
from shared.errors import Unavailable

MOVING_MS = 90_000
"""Nobody's turn for so long: the room is asked why. The slowest pace lets one in each minute."""

OPENING_MS = 10 * 60 * 1000
"""Doors that are shut so long after their time do not open by themselves."""


class Watched(msgspec.Struct, frozen=True):
    """What was seen of a line.

    Attributes:
        oldest_ms: how long who is next has waited since the doors' time; None: nobody waits, or it
            is not that time yet.
        stands: somebody has waited for `MOVING_MS`, nobody's turn came meanwhile, and neither a
            pause nor a full room is the reason.
        expired: seats that the room took back when it was asked.
    """

    oldest_ms: int | None = None
    stands: bool = False
    expired: int = 0


def watch(line: Line, window: Window) -> Watched:
    """Look at a line. The room is asked only if nobody's turn has come for `MOVING_MS`."""
    now_ms = window.now_ms()
    since_ms = _waits_since(line, window)
    if since_ms is None or since_ms > now_ms:
        return Watched()
    oldest_ms = now_ms - since_ms
    if line.seed is None:
        return Watched(oldest_ms, stands=not line.paused and oldest_ms >= OPENING_MS)
    still_ms = now_ms - max(since_ms, line.credited_at_ms)
    if line.paused or still_ms < MOVING_MS:
        return Watched(oldest_ms)
    try:
        answer = window.room.admit(line.auction_id, line.waiting_for_room, (), line.opened_at_ms)
    except Unavailable:
        return Watched(oldest_ms, stands=True)
    for user_id in answer.expired:
        window.waiters.expire_before(line.auction_id, user_id, now_ms)
    return Watched(oldest_ms, stands=answer.free > 0, expired=len(answer.expired))


def _waits_since(line: Line, window: Window) -> int | None:
    """Since when who is next has waited, not before the doors' time; None: nobody waits."""
    if not line.waiting:
        return None
    if line.seed is None:
        return line.doors_at_ms
    for waiter in next_turns(line, window):
        if waiter is not None and waiter.state == "waiting":
            return max(waiter.joined_at_ms, line.doors_at_ms)
    return None
