"""Lots come up, are sold or passed, and come back."""

from __future__ import annotations

from shared.auction import LotState
from shared.commands import Hammer, NextLot, PassLot, ResetLot
from shared.errors import NotFound, Refused
from shared.events import LotOpened, LotPassed, LotReset, LotSold
from shared.fields import LotOrder
from websocket_service.logic.change import (
    Change,
    Facts,
    change,
    lot_up,
    origin,
    require_bid,
    require_no_lot_up,
)
from websocket_service.logic.rules import minimum_after
from websocket_service.logic.state import AuctionState, CurrentLot


def next_lot(state: AuctionState, command: NextLot, facts: Facts) -> Change:
    """Put a lot up: the one named, or one that was not sold; those never up come first."""
    if state.status == "closed":
        raise Refused("auction_closed", "the auction is closed", seq=state.seq)
    require_no_lot_up(state)
    lot_id = command.lot_id or _unnamed_lot(state, command.order, facts)
    row = _row(facts, lot_id)
    if row.status not in ("unsold", "passed"):
        raise Refused("lot_not_available", f"lot {lot_id} is {row.status}", seq=state.seq)
    rules = facts.rules
    seq = state.seq + 1
    current = CurrentLot(
        lot_id=lot_id,
        opened_seq=seq,
        minimum_cents=minimum_after(rules, 0),
        base_deadline_ms=facts.now_ms + rules.clock_ms,
    )
    event = LotOpened(
        **origin(command, facts),
        lot_id=lot_id,
        minimum_cents=current.minimum_cents,
        deadline_ms=current.base_deadline_ms,
        rules_version=rules.version,
    )
    return change(
        state,
        event,
        status="bidding",
        current=current,
        rules_version=rules.version,
        lot=LotState(lot_id=lot_id, status="up", seq=seq),
    )


def hammer(state: AuctionState, command: Hammer, facts: Facts) -> Change:
    """End the lot: sold to its high bidder, or passed without one."""
    lot = lot_up(state, command.lot_id)
    require_bid(state, lot, command.seen)
    if not command.forced:
        if state.status == "paused":
            raise Refused("auction_paused", "the auction is paused", seq=state.seq)
        if lot.deadline_ms > facts.now_ms:
            raise Refused("deadline_not_reached", "the lot's clock is still running", seq=state.seq)
    if lot.high is None:
        return _passed(state, command, facts)
    owner, price = lot.high.bidder, lot.high.amount_cents
    return change(
        state,
        LotSold(**origin(command, facts), lot_id=lot.lot_id, owner=owner, price_cents=price),
        status="open",
        current=None,
        spent=state.spent | {owner: state.spent.get(owner, 0) + price},
        lot=LotState(
            lot_id=lot.lot_id, status="sold", seq=state.seq + 1, owner=owner, price_cents=price
        ),
    )


def pass_lot(state: AuctionState, command: PassLot, facts: Facts) -> Change:
    """Take the lot off the block; its bids are void, it may come back."""
    lot_up(state, command.lot_id)
    return _passed(state, command, facts)


def reset_lot(state: AuctionState, command: ResetLot, facts: Facts) -> Change:
    """Make a lot unsold again: off the block if it is up, its price given back if it was sold."""
    if state.status == "closed":
        raise Refused("auction_closed", "the auction is closed", seq=state.seq)
    unsold = LotState(lot_id=command.lot_id, status="unsold", seq=state.seq + 1)
    if state.current is not None and state.current.lot_id == command.lot_id:
        event = LotReset(**origin(command, facts), lot_id=command.lot_id)
        return change(state, event, status="open", current=None, lot=unsold)
    row = _row(facts, command.lot_id)
    if row.status not in ("sold", "passed"):
        raise Refused(
            "lot_not_settled", f"lot {row.lot_id} was neither sold nor passed", seq=state.seq
        )
    refund = row.price_cents or 0
    event = LotReset(
        **origin(command, facts), lot_id=row.lot_id, owner=row.owner, refund_cents=refund
    )
    return change(state, event, spent=_refunded(state, row.owner, refund), lot=unsold)


def _passed(state: AuctionState, command: Hammer | PassLot, facts: Facts) -> Change:
    return change(
        state,
        LotPassed(**origin(command, facts), lot_id=command.lot_id),
        status="open",
        current=None,
        lot=LotState(lot_id=command.lot_id, status="passed", seq=state.seq + 1),
    )


def _refunded(state: AuctionState, owner: int | None, refund: int) -> dict[int, int]:
    if owner is None:
        return state.spent
    left = state.spent[owner] - refund
    others = {number: cents for number, cents in state.spent.items() if number != owner}
    return others | {owner: left} if left else others


def _row(facts: Facts, lot_id: str) -> LotState:
    for row in facts.lot_states:
        if row.lot_id == lot_id:
            return row
    raise NotFound(f"there is no lot {lot_id} in this auction")


def _unnamed_lot(state: AuctionState, order: LotOrder, facts: Facts) -> str:
    for status in ("unsold", "passed"):
        lots = [row.lot_id for row in facts.lot_states if row.status == status]
        if lots:
            return lots[0] if order == "arranged" else facts.choose(lots)
    raise Refused("no_lots_left", "every lot is sold", seq=state.seq)
