"""What is counted of the live auction; every metric is explained in docs/runbook.md.

A canary's auctions are not counted: the canary has metrics of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.errors import CalcuttaError, Refused
from shared.logs import request_id
from shared.metrics import emit
from shared.synthetic import is_synthetic

if TYPE_CHECKING:  # a fan-out worker counts posts, and needs nothing of bids
    from websocket_service.logic.broadcast import Told
    from websocket_service.logic.outcome import Outcome


def measured_bid(auction_id: str, decide: Callable[[], Outcome]) -> Outcome:
    """Decide a bid, and count what came of it and how long that took; a bid that was sent again
    changes nothing, and is not counted."""
    began = time.perf_counter()
    try:
        outcome = decide()
    except CalcuttaError as error:
        code = error.refusal_code if isinstance(error, Refused) else error.code
        _count_bid(auction_id, "BidsRefused", code, began)
        raise
    if outcome.entry is not None:
        _count_bid(auction_id, "BidsAccepted", "accepted", began)
    return outcome


def _count_bid(auction_id: str, metric: str, code: str, began: float) -> None:
    if is_synthetic(auction_id):
        return
    took_ms = round((time.perf_counter() - began) * 1_000, 1)
    about: dict[str, object] = {"auction_id": auction_id, "request_id": request_id(), "code": code}
    emit({metric: 1}, "Count", **about)
    emit({"DecisionMs": took_ms}, "Milliseconds", **about)


def count_told(auction_id: str, told: Told) -> None:
    """Count the posts of one message."""
    if told.posts and not is_synthetic(auction_id):
        emit(
            {"Posts": told.posts, "ConnectionsGone": told.gone},
            auction_id=auction_id,
            request_id=request_id(),
        )


def count_hammer(auction_id: str, late_ms: int) -> None:
    """Count how long after its lot's deadline the server's own hammer fell."""
    if not is_synthetic(auction_id):
        emit({"HammerLateMs": max(0, late_ms)}, "Milliseconds", auction_id=auction_id)
