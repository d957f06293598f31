"""Forgetting what happened in a synthetic auction; in any other nothing is ever forgotten."""

from __future__ import annotations

from typing import Protocol

from shared.bridge import EventsForgotten, ForgetEvents
from shared.errors import InvalidMessage
from shared.synthetic import is_synthetic


class Ledger(Protocol):
    """The database's side."""

    def forget(self, request: ForgetEvents) -> EventsForgotten: ...


def forget_events(request: ForgetEvents, ledger: Ledger) -> EventsForgotten:
    """Delete rows of events, bids and sales.

    Raises:
        InvalidMessage: people play in that auction.
    """
    if not is_synthetic(request.auction_id):
        raise InvalidMessage("only what happened in a synthetic auction is forgotten")
    return ledger.forget(request)
