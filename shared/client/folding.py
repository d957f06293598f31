"""What each event does to the picture; the client's mirror of the server's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec.structs import replace

from shared.auction import LotState
from shared.events import (
    AnyEvent,
    AuctionClosed,
    AuctionOpened,
    AuctionReopened,
    AutoNextSet,
    BidPlaced,
    BidUndone,
    ClockReset,
    LotOpened,
    LotPassed,
    LotReset,
    LotSold,
    MaximumSet,
    Paused,
    Resumed,
)
from shared.replies import CurrentLot

if TYPE_CHECKING:
    from shared.client.view import AuctionView


def advance(view: AuctionView, event: AnyEvent) -> AuctionView:
    """The view after the event that is next in order (`view.seq` + 1)."""
    after = replace(view, seq=view.seq + 1)
    match event:
        case AuctionOpened() | AuctionReopened():
            return replace(after, status="open")
        case AuctionClosed():
            return replace(after, status="closed")
        case AutoNextSet():
            return replace(after, auto_next_ms=event.after_ms)
        case LotOpened() | LotSold() | LotPassed() | LotReset():
            return _lot_moved(after, event)
        case BidPlaced() | MaximumSet() | BidUndone() | ClockReset() | Paused() | Resumed():
            return _lot_up_changed(after, event)
        case _:
            assert_never(event)


def _lot_moved(
    after: AuctionView, event: LotOpened | LotSold | LotPassed | LotReset
) -> AuctionView:
    match event:
        case LotOpened():
            current = CurrentLot(
                lot_id=event.lot_id,
                minimum_cents=event.minimum_cents,
                rules_version=event.rules_version,
                base_deadline_ms=event.deadline_ms,
            )
            lot = LotState(event.lot_id, "up", after.seq)
            return _with_lot(replace(after, status="bidding", current=current), lot)
        case LotSold():
            lot = LotState(event.lot_id, "sold", after.seq, event.owner, event.price_cents)
            return _with_lot(_paid(_ended(after), event.owner, event.price_cents), lot)
        case LotPassed():
            return _with_lot(_ended(after), LotState(event.lot_id, "passed", after.seq))
        case LotReset():
            was_up = after.current is not None and after.current.lot_id == event.lot_id
            view = _ended(after) if was_up else after
            if event.owner is not None:
                view = _paid(view, event.owner, -event.refund_cents)
            return _with_lot(view, LotState(event.lot_id, "unsold", after.seq))


def _lot_up_changed(
    after: AuctionView, event: BidPlaced | MaximumSet | BidUndone | ClockReset | Paused | Resumed
) -> AuctionView:
    if after.current is None:
        return after
    match event:
        case BidPlaced():
            current = replace(
                after.current,
                high_bidder=event.bidder,
                high_cents=event.amount_cents,
                minimum_cents=event.minimum_cents,
                extended_to_ms=event.extended_to_ms,
                your_maximum_cents=_left_of_maximum(after, event),
            )
            return replace(after, current=current)
        case MaximumSet():
            mine = after.current.your_maximum_cents if event.bidder != after.you else None
            return replace(after, current=replace(after.current, your_maximum_cents=mine))
        case BidUndone():
            current = replace(
                after.current,
                high_bidder=event.high_bidder,
                high_cents=event.high_cents,
                minimum_cents=event.minimum_cents,
                extended_to_ms=event.extended_to_ms,
                your_maximum_cents=None,
            )
            return replace(after, current=current)
        case ClockReset() | Resumed():
            current = replace(
                after.current,
                base_deadline_ms=event.deadline_ms,
                extended_to_ms=0,
                remaining_ms=None,
            )
            return replace(after, status="bidding", current=current)
        case Paused():
            current = replace(after.current, base_deadline_ms=None, remaining_ms=event.remaining_ms)
            return replace(after, status="paused", current=current)


def _left_of_maximum(view: AuctionView, bid: BidPlaced) -> int | None:
    """Your maximum as far as it is known, while the high bid is yours and below it."""
    known = view.current.your_maximum_cents if view.current else None
    return known if known and bid.bidder == view.you and known > bid.amount_cents else None


def _ended(view: AuctionView) -> AuctionView:
    return replace(view, status="open", current=None)


def _with_lot(view: AuctionView, lot: LotState) -> AuctionView:
    return replace(view, lot_states=view.lot_states | {lot.lot_id: lot})


def _paid(view: AuctionView, member: int, cents: int) -> AuctionView:
    spent = view.spent | {member: view.spent.get(member, 0) + cents}
    return replace(view, spent={number: paid for number, paid in spent.items() if paid})
