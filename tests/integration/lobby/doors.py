"""Lines before and after their doors open."""

from __future__ import annotations

from lobby_service.logic.line import SETTLING_MS
from shared.lobby import OpenLine
from tests.integration.lobby.deployed import Deployed

DOORS_IN_MS = 60_000


def gathering(lobby: Deployed) -> None:
    """A line whose doors open in a minute."""
    doors_at_ms = lobby.clock.now_ms + DOORS_IN_MS
    assert "reply" in lobby.order(OpenLine(doors_at_ms=doors_at_ms, pace_per_minute=60_000))


def opened(lobby: Deployed, *early: str) -> None:
    """A line whose doors are open; who was there before has a number."""
    gathering(lobby)
    for user_id in early:
        lobby.join(user_id)
    if early:
        lobby.number(*early)
    lobby.clock.advance(DOORS_IN_MS + SETTLING_MS)
    assert lobby.window() == []
    lobby.clock.advance(1_000)


def people(many: int) -> list[str]:
    return [f"user-{n:03}" for n in range(many)]
