"""The server's own hand: a delayed message for each deadline and each pause between lots, dropped
if the deadline moved or anything happened in the pause."""

from __future__ import annotations

from collections.abc import Callable

from shared.errors import Refused
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.run_command import Desk, come_up, fall_hammer

MAX_WAIT_MS = 1_500
"""SQS delays by whole seconds; the rest is waited for here. Farther off: the clock moved, and a
message of its own is on its way."""


def hammer_due(
    auction_id: str, lot_id: str, desk: Desk, *, wait: Callable[[float], None]
) -> Outcome | None:
    """Let the hammer fall if the lot's clock has run out; None if there is nothing to do."""
    state = desk.auctions.read(auction_id)
    if state is None or state.current is None or state.current.lot_id != lot_id:
        return None
    if state.status != "bidding":
        return None
    left_ms = state.current.deadline_ms - desk.now_ms()
    if left_ms > MAX_WAIT_MS:
        return None
    if left_ms > 0:
        wait(left_ms / 1000)
    try:
        return fall_hammer(auction_id, lot_id, desk)
    except Refused:
        return None


def next_lot_due(
    auction_id: str, seq: int, due_ms: int, desk: Desk, *, wait: Callable[[float], None]
) -> Outcome | None:
    """Put the next lot up at the end of the pause that event `seq` began; None if somebody did
    something in between, or no lot is left."""
    left_ms = min(due_ms - desk.now_ms(), MAX_WAIT_MS)
    if left_ms > 0:
        wait(left_ms / 1000)
    try:
        return come_up(auction_id, seq, desk)
    except Refused:
        return None
