"""The clock of the lot that is up: reset, paused, resumed; and its bids, taken back."""

from __future__ import annotations

import msgspec

from shared.commands import Pause, ResetClock, Resume, UndoBid
from shared.errors import Refused
from shared.events import BidUndone, ClockReset, Paused, Resumed
from websocket_service.logic.change import Change, Facts, change, lot_up, origin, require_bid
from websocket_service.logic.rules import minimum_after
from websocket_service.logic.state import AuctionState, CurrentLot, HighBid


def reset_clock(state: AuctionState, command: ResetClock, facts: Facts) -> Change:
    """Give the lot that is up its full clock again; a paused one starts to run."""
    lot = lot_up(state, command.lot_id)
    deadline = facts.now_ms + facts.rules.clock_ms
    return change(
        state,
        ClockReset(**origin(command, facts), lot_id=lot.lot_id, deadline_ms=deadline),
        status="bidding",
        current=_running_until(lot, deadline),
    )


def pause(state: AuctionState, command: Pause, facts: Facts) -> Change:
    """Stop the clock. Once it has run out only the hammer is left."""
    lot = _any_lot_up(state)
    if state.status == "paused":
        raise Refused("auction_paused", "the auction is paused already", seq=state.seq)
    remaining = lot.deadline_ms - facts.now_ms
    if remaining <= 0:
        raise Refused("deadline_passed", "the lot's time is up", seq=state.seq)
    return change(
        state,
        Paused(**origin(command, facts), lot_id=lot.lot_id, remaining_ms=remaining),
        status="paused",
        current=msgspec.structs.replace(lot, remaining_ms=remaining),
    )


def resume(state: AuctionState, command: Resume, facts: Facts) -> Change:
    """Let the clock go on with what it had left."""
    lot = _any_lot_up(state)
    if lot.remaining_ms is None:
        raise Refused("auction_not_paused", "the auction is not paused", seq=state.seq)
    deadline = facts.now_ms + lot.remaining_ms
    return change(
        state,
        Resumed(**origin(command, facts), lot_id=lot.lot_id, deadline_ms=deadline),
        status="bidding",
        current=_running_until(lot, deadline),
    )


def undo_bid(state: AuctionState, command: UndoBid, facts: Facts) -> Change:
    """Take back the high bid; the one before it stands again and the lot gets an extension. The
    maximum behind it goes with it.

    Raises:
        Refused: there is no bid, or another than the one that was seen.
    """
    lot = lot_up(state, command.lot_id)
    require_bid(state, lot, command.seen)
    if lot.high is None:
        raise Refused("no_bid_to_undo", "the lot has no bid", seq=state.seq)
    before = facts.bids[-2] if len(facts.bids) > 1 else None
    high = HighBid(before.bidder, before.amount_cents) if before else None
    minimum = minimum_after(facts.rules, high.amount_cents if high else 0)
    extended_to = facts.now_ms + facts.rules.extension_ms
    event = BidUndone(
        **origin(command, facts),
        lot_id=lot.lot_id,
        bidder=lot.high.bidder,
        amount_cents=lot.high.amount_cents,
        minimum_cents=minimum,
        extended_to_ms=extended_to,
        high_bidder=high.bidder if high else None,
        high_cents=high.amount_cents if high else None,
    )
    current = msgspec.structs.replace(
        lot, high=high, minimum_cents=minimum, extended_to_ms=extended_to, maximum_cents=None
    )
    return change(state, event, current=current)


def _any_lot_up(state: AuctionState) -> CurrentLot:
    if state.current is None:
        raise Refused("lot_not_up", "no lot is up", seq=state.seq)
    return lot_up(state, state.current.lot_id)


def _running_until(lot: CurrentLot, deadline_ms: int) -> CurrentLot:
    return msgspec.structs.replace(
        lot, base_deadline_ms=deadline_ms, extended_to_ms=0, remaining_ms=None
    )
