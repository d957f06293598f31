"""What those who wait ask of the origin: by this project's page, and where everyone asks for their
own record."""

from __future__ import annotations

import random

from bench.scene.crowd import user
from bench.scene.lobby import Lobby

POLLED_S = 10
KEPT_MS = 1_000
"""How long the edge keeps `serving`, as its answer says."""

SHORTEST_MS, SPREAD_MS = 2_000, 3_000
"""As services/web/src/line/pace.ts asks when something is near; it asks less when all is far."""

OWN_RECORD_MS = 5_000


def serving_requests(people: int, lobby: Lobby, chance: random.Random) -> tuple[float, float]:
    """How often `serving` was asked for a second while all these people wait, and how often the
    origin was: when one edge had no answer of the last second."""
    asked, asking = 0, bytearray(1_000 * POLLED_S)
    for _ in range(people):
        at_ms = chance.random() * (SHORTEST_MS + SPREAD_MS)
        while at_ms < len(asking):
            asking[int(at_ms)] = 1
            asked += 1
            at_ms += SHORTEST_MS + SPREAD_MS * chance.random()
    reached, kept_until_ms, began_ms = 0, 0, lobby.clock.now_ms
    for at_ms, somebody_asks in enumerate(asking):
        if somebody_asks and at_ms >= kept_until_ms:
            lobby.clock.now_ms = began_ms + at_ms
            lobby.serving()
            reached, kept_until_ms = reached + 1, at_ms + KEPT_MS
    lobby.clock.now_ms = began_ms
    return asked / POLLED_S, reached / POLLED_S


def own_record_requests(people: int, lobby: Lobby, chance: random.Random) -> float:
    """How often the origin was asked in one second in which all these people wait, each of whom
    asks for their own record every five seconds; the real handler serves them."""
    reached = 0
    for person in range(people):
        if chance.random() * OWN_RECORD_MS < 1_000:
            lobby.me(user(person))
            reached += 1
    return reached
