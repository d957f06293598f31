"""When people may gather before the doors: never so early that their place would be forgotten."""

from __future__ import annotations

from lobby_service.logic.line import Line
from shared.errors import InvalidMessage
from shared.limits import MAX_GATHERING_MS

DAY_MS = 24 * 60 * 60 * 1000


def require_gathering(gather_at_ms: int, doors_at_ms: int, there: Line | None) -> None:
    """Refuse times for which somebody's place may be gone before the doors open: waiters are kept
    for `MAX_GATHERING_MS` and a week after they joined.

    Args:
        there: the line as it is; None if there is none yet.

    Raises:
        InvalidMessage: the doors would open first, or too late, or people have gathered since
            before that time.
    """
    if doors_at_ms < gather_at_ms:
        raise InvalidMessage("the doors open before people may gather", field="$.doors_at_ms")
    if doors_at_ms - gather_at_ms > MAX_GATHERING_MS:
        days = MAX_GATHERING_MS // DAY_MS
        raise InvalidMessage(
            f"people may gather at most {days} days before the doors open", field="$.doors_at_ms"
        )
    # Else the doors could be put off again and again, from an ever later time.
    if there is not None and there.arrived and gather_at_ms > there.gather_at_ms:
        raise InvalidMessage("people have gathered since before that", field="$.gather_at_ms")
