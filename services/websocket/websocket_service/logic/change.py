"""One change of an auction, and the checks that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from shared.auction import LotState, Rules
from shared.commands import Command, SeenBid
from shared.errors import Refused
from shared.events import AnyEvent, BidPlaced
from websocket_service.logic.state import AuctionState, CurrentLot, remember, request_digest


class Change(msgspec.Struct, frozen=True):
    """What one command does: the next state, whose `last_event` says what happened, and the
    lot's row if it changes with it. Both are written in one transaction or not at all."""

    before: AuctionState
    after: AuctionState
    lot: LotState | None = None

    @property
    def event(self) -> AnyEvent:
        return self.after.last_event


class Facts(msgspec.Struct, frozen=True):
    """What a decision may depend on besides state and command.

    Attributes:
        now_ms: the server's time.
        actor: the member who asks; None for the server's own clock.
        rules: the newest version for the next lot, else the version its lot came up with.
        lot_states: every lot's row, as they are arranged, for commands that name or choose one.
        bids: the bids on the lot that is up that stand, oldest first, for undo.
        choose: picks one of several lots.
    """

    now_ms: int
    actor: int | None
    rules: Rules
    lot_states: tuple[LotState, ...] = ()
    bids: tuple[BidPlaced, ...] = ()
    choose: Callable[[Sequence[str]], str] = lambda lots: lots[0]


def change(
    state: AuctionState, event: AnyEvent, *, lot: LotState | None = None, **fields: Any
) -> Change:
    """The change that `event` makes: `fields` of the state, one more in `seq`."""
    after = msgspec.structs.replace(
        state,
        seq=state.seq + 1,
        last_event=event,
        recent=remember(state.recent, request_digest(event.actor, event.request_id)),
        **fields,
    )
    return Change(before=state, after=after, lot=lot)


def origin(command: Command, facts: Facts) -> dict[str, Any]:
    """The fields that every event starts with."""
    request_id = None if facts.actor is None else command.request_id
    return {"at_ms": facts.now_ms, "actor": facts.actor, "request_id": request_id}


def lot_up(state: AuctionState, lot_id: str) -> CurrentLot:
    """The lot that is up, which must be the one named.

    Raises:
        Refused: `auction_closed` or `lot_not_up`.
    """
    if state.status == "closed":
        raise Refused("auction_closed", "the auction is closed", seq=state.seq)
    if state.current is None or state.current.lot_id != lot_id:
        raise Refused("lot_not_up", f"lot {lot_id} is not up", seq=state.seq)
    return state.current


def require_bid(state: AuctionState, lot: CurrentLot, seen: SeenBid | None) -> None:
    """Raises Refused `bid_changed`, so that nobody's bid is taken for another's.

    Bidder and amount say which bid: the same again, after an undo, is the same to who asks.
    """
    high = lot.high
    stands = SeenBid(high.bidder, high.amount_cents) if high else SeenBid()
    if seen is not None and seen != stands:
        raise Refused("bid_changed", "the high bid is another one by now", seq=state.seq)


def require_no_lot_up(state: AuctionState) -> None:
    """Raises Refused `lot_is_up`, so that nothing is dropped in mid-bid."""
    if state.current is not None:
        raise Refused("lot_is_up", f"lot {state.current.lot_id} is up", seq=state.seq)
