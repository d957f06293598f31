"""A crowd that comes at once, and what its pages ask of the origin until each knows its number: by
the policy of services/web/src/line/pace.ts, of which this is the mirror."""

from __future__ import annotations

import random
from collections import Counter

import msgspec

COME_MS = 10_000
NUMBERED_MS = 1_500
"""How long a number takes where nobody else comes: the stream waits for a second."""

KEPT_MS = 1_000
"""How old an answer of the edge may be."""

WINDOW_MS = 10_000
PAGES = 20_000
"""So many pages stand for a larger crowd's."""

SHORTEST_MS, SPREAD_MS, NEW_SPREAD_MS = 2_000, 3_000, 1_000
NEAR_MS, SLOWEST = 12_000, 5
ASKED_PER_S = 2_500
LOST_MS = 600_000


class Page(msgspec.Struct):
    """One person's page, which has no number yet.

    Attributes:
        share: which part of the others comes first, drawn once, in [0, 1).
        missed_at_ms: when the answer was that there is none yet.
    """

    joined_at_ms: float
    share: float
    missed_at_ms: float | None = None


class Served(msgspec.Struct, frozen=True):
    """What everybody reads."""

    now_ms: float
    waiting: float
    numbered_until_ms: float


class Asked(msgspec.Struct, frozen=True):
    """What a crowd asked until everybody knew their number.

    Attributes:
        most_a_second: questions for one's own record, on the average of ten seconds, at most.
        each: such questions by each.
        known_s: seconds until the last one knew.
    """

    most_a_second: float
    each: float
    known_s: float


def number_in_ms(page: Page, served: Served) -> float:
    """How long until the page asks for its number; 0 is now."""
    everybody_ms = served.waiting / ASKED_PER_S * 1_000
    if served.numbered_until_ms >= page.joined_at_ms:
        after_ms = (page.share + (page.missed_at_ms is not None)) * everybody_ms
    else:
        after_ms = LOST_MS * (0.5 + page.share)
    since_ms = page.joined_at_ms if page.missed_at_ms is None else page.missed_at_ms
    return max(0.0, since_ms + after_ms - served.now_ms)


def pause_ms(page: Page, served: Served, dice: float) -> float:
    """How long until it looks again."""
    waited_ms = served.now_ms - page.joined_at_ms
    if waited_ms < SHORTEST_MS:
        return SHORTEST_MS + NEW_SPREAD_MS * dice
    slowness = max(1.0, min(number_in_ms(page, served), waited_ms) / NEAR_MS)
    return min(SLOWEST, slowness) * (SHORTEST_MS + SPREAD_MS * dice)


def burst(people: int, numbered_per_s: float, chance: random.Random) -> Asked:
    """Everybody comes within ten seconds, and is numbered in their order."""
    pages = min(people, PAGES)
    windows: Counter[int] = Counter()
    last_ms = 0.0
    for n in range(pages):
        share_of_people = n / pages
        joined_at_ms = share_of_people * COME_MS
        in_order_ms = share_of_people * people / numbered_per_s * 1_000
        has_number_ms = max(joined_at_ms, in_order_ms) + NUMBERED_MS
        page, now_ms = Page(joined_at_ms, chance.random()), joined_at_ms
        while True:
            served = _served(people, numbered_per_s, max(0.0, now_ms - KEPT_MS * chance.random()))
            if now_ms > joined_at_ms and number_in_ms(page, served) == 0:
                windows[int(now_ms // WINDOW_MS)] += 1
                if now_ms >= has_number_ms:
                    break
                page.missed_at_ms = served.now_ms
            now_ms += pause_ms(page, served, chance.random())
        last_ms = max(last_ms, now_ms)
    weight = people / pages
    most = max(windows.values()) * weight * 1_000 / WINDOW_MS
    return Asked(most, windows.total() / pages, last_ms / 1_000)


def _served(people: int, numbered_per_s: float, now_ms: float) -> Served:
    before_ms = max(0.0, now_ms - NUMBERED_MS)
    came = min(1.0, before_ms / COME_MS) * people
    waiting = int(min(came, before_ms / 1_000 * numbered_per_s))
    return Served(now_ms, waiting, waiting / people * COME_MS)
