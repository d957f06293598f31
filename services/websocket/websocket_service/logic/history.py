"""What a lot's events say about its bids."""

from __future__ import annotations

from collections.abc import Iterable

from shared.events import AnyEvent, BidPlaced, BidUndone


def standing_bids(events: Iterable[AnyEvent]) -> tuple[BidPlaced, ...]:
    """The bids on a lot that were not taken back, oldest first, from its events since it came
    up."""
    bids: list[BidPlaced] = []
    for event in events:
        if isinstance(event, BidPlaced):
            bids.append(event)
        elif isinstance(event, BidUndone):
            bids.pop()
    return tuple(bids)
