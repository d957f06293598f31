"""Points in time, as people write them."""

from __future__ import annotations

from datetime import datetime

import typer

from shared.clock import now_ms


def as_time_ms(text: str | None) -> int | None:
    """UTC epoch milliseconds of `now` or of an ISO time with its offset; None stays None.

    Raises:
        typer.BadParameter: it is neither, or does not say in which part of the world.
    """
    if text is None:
        return None
    if text == "now":
        return now_ms()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write it as 2026-03-15T20:00Z") from None
    if at.tzinfo is None:
        raise typer.BadParameter(f"{text!r} has no offset; write Z or +02:00 behind it")
    return round(at.timestamp() * 1000)
