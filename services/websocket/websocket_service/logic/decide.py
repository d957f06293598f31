"""What a command does to an auction: a function of state, command and facts.

Bids have a way of their own (`bidding`): they are decided by the database in one write.
"""

from __future__ import annotations

from shared import commands
from shared.errors import Refused
from shared.events import AuctionClosed, AuctionReopened, AutoNextSet
from websocket_service.logic import lots, maximum, timing
from websocket_service.logic.change import (
    Change,
    Facts,
    change,
    origin,
    require_no_lot_up,
)
from websocket_service.logic.state import AuctionState

Decided = (
    commands.NextLot
    | commands.SetMaximum
    | commands.Hammer
    | commands.PassLot
    | commands.UndoBid
    | commands.ResetLot
    | commands.ResetClock
    | commands.Pause
    | commands.Resume
    | commands.SetAutoNext
    | commands.CloseAuction
    | commands.ReopenAuction
)


def decide(state: AuctionState, command: Decided, facts: Facts) -> Change:
    """The change that the command makes.

    Raises:
        Refused: the state says no.
        NotFound: the command names a lot that the auction does not have.
    """
    match command:
        case commands.NextLot():
            return lots.next_lot(state, command, facts)
        case commands.SetMaximum():
            return maximum.set_maximum(state, command, facts)
        case commands.Hammer():
            return lots.hammer(state, command, facts)
        case commands.PassLot():
            return lots.pass_lot(state, command, facts)
        case commands.ResetLot():
            return lots.reset_lot(state, command, facts)
        case commands.UndoBid():
            return timing.undo_bid(state, command, facts)
        case commands.ResetClock():
            return timing.reset_clock(state, command, facts)
        case commands.Pause():
            return timing.pause(state, command, facts)
        case commands.Resume():
            return timing.resume(state, command, facts)
        case commands.SetAutoNext():
            return _set_auto_next(state, command, facts)
        case commands.CloseAuction():
            return _close(state, command, facts)
        case commands.ReopenAuction():
            return _reopen(state, command, facts)


def _set_auto_next(state: AuctionState, command: commands.SetAutoNext, facts: Facts) -> Change:
    if state.status == "closed":
        raise Refused("auction_closed", "the auction is closed", seq=state.seq)
    event = AutoNextSet(**origin(command, facts), after_ms=command.after_ms)
    return change(state, event, auto_next_ms=command.after_ms)


def _close(state: AuctionState, command: commands.CloseAuction, facts: Facts) -> Change:
    if state.status == "closed":
        raise Refused("auction_closed", "the auction is closed already", seq=state.seq)
    require_no_lot_up(state)
    return change(state, AuctionClosed(**origin(command, facts)), status="closed")


def _reopen(state: AuctionState, command: commands.ReopenAuction, facts: Facts) -> Change:
    if state.status != "closed":
        raise Refused("auction_already_open", "the auction is open", seq=state.seq)
    return change(state, AuctionReopened(**origin(command, facts)), status="open")
