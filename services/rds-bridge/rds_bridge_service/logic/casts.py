"""Whom and what auctions' events may name, remembered from one batch to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rds_bridge_service.logic.understanding import Cast, misfit
from shared.events import LedgerEntry

MOST_AUCTIONS = 100
"""A cast of 300 members takes some 30 KB of a container's memory."""


class Casts:
    """Casts of auctions that are open, so that they only grow: lots are fixed by then, and members
    are never deleted.

    Args:
        read: looks up those of these auctions that exist.
    """

    def __init__(self, read: Callable[[set[str]], Mapping[str, Cast]]) -> None:
        self._read = read
        self._known: dict[str, Cast] = {}

    def of(self, entries: Sequence[LedgerEntry]) -> Mapping[str, Cast]:
        """The casts of the entries' auctions; in one that is not up to date all its entries fit."""
        unfit = {it.auction_id for it in entries if misfit(it, self._known.get(it.auction_id))}
        if unfit:
            named = {it.auction_id for it in entries}
            kept = named if len(self._known) >= MOST_AUCTIONS else set(self._known)
            known = {it: cast for it, cast in self._known.items() if it in kept - unfit}
            self._known = known | dict(self._read(unfit))
        return self._known
