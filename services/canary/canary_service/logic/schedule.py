"""Which of the schedule's checks go through the line in front of the room."""

PERIOD_MS = 5 * 60 * 1000
"""From one scheduled check to the next, as in serverless.yml."""

THROUGH_LOBBY_EVERY_MS = 2 * 60 * 60 * 1000
"""One scheduled check of each two hours: in every check the line would cost more than a dollar a
month allows (README.md)."""


def goes_through_lobby(at_ms: int) -> bool:
    """Whether a check is the first of its two hours.

    Args:
        at_ms: the time that the schedule gives it, UTC epoch milliseconds.
    """
    return at_ms % THROUGH_LOBBY_EVERY_MS < PERIOD_MS
