"""The rounds of a knock-out tournament, from the size of its field."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shared.auction import Slot

PLAY_IN = "First Four"
_NAMES = {2: "Championship", 4: "Final Four", 8: "Elite 8", 16: "Sweet 16"}


class Round(msgspec.Struct, frozen=True):
    """A round by its name, with the number of games that are played in it."""

    name: str
    games: int


def rounds_of(slots: Sequence[Slot]) -> tuple[Round, ...]:
    """The rounds in their order; first, if slots are shared, the one that decides who goes on.

    A field that is no power of two lets some slots pass its first round without a game.
    """
    shared = sum(len(slot.teams) > 1 for slot in slots)
    rounds = [Round(PLAY_IN, shared)] if shared else []
    size = 1
    while size < len(slots):
        size *= 2
    left = len(slots)
    while size > 1:
        size //= 2
        rounds.append(Round(_NAMES.get(2 * size, f"Round of {2 * size}"), left - size))
        left = size
    return tuple(rounds)


def round_named(name: str, rounds: Sequence[Round]) -> Round | None:
    """The round, in whatever case it is written."""
    return next((it for it in rounds if it.name.casefold() == name.casefold()), None)
