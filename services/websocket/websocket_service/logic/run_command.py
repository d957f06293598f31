"""A command other than a bid: read, decide, and write unless somebody else was first."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import msgspec

from shared import commands
from shared.auction import LotState
from shared.errors import Busy, Refused
from shared.events import AnyEvent, BidPlaced, LedgerEntry
from websocket_service.logic.authority import Caller, require_right
from websocket_service.logic.change import Facts
from websocket_service.logic.decide import Decided, decide
from websocket_service.logic.history import standing_bids
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.ports import (
    Auctions,
    Catalogue,
    ConflictingChange,
    Ledger,
    RulesBook,
)
from websocket_service.logic.state import AuctionState, request_digest

ATTEMPTS = 10
"""How often a command is decided anew when bids keep changing the auction under it."""

LEDGER_WAITS = 40
LEDGER_WAIT_S = 0.05
"""An undo waits this often, this long, for the ledger to catch up with the auction."""


class Desk(msgspec.Struct, frozen=True):
    """What is needed to run an auction."""

    auctions: Auctions
    rules_book: RulesBook
    catalogue: Catalogue
    ledger: Ledger
    now_ms: Callable[[], int]
    wait: Callable[[float], None] = time.sleep


def run_command(command: Decided, caller: Caller, desk: Desk) -> Outcome:
    """Decide a member's command and write what it does.

    Raises:
        Forbidden, Refused, NotFound: why nothing was done.
        Busy: too many changes at once, or the ledger lags; the same command may be sent again.
    """
    require_right(caller, command)
    return _decide_and_write(command, caller.auction_id, caller.number, desk)


def fall_hammer(auction_id: str, lot_id: str, desk: Desk) -> Outcome:
    """End a lot by the server's own clock, with no member behind it.

    Raises:
        Refused: the lot is not up any more, or its clock was moved.
    """
    command = commands.Hammer(request_id="-", lot_id=lot_id)
    return _decide_and_write(command, auction_id, None, desk)


def come_up(auction_id: str, seq: int, desk: Desk) -> Outcome | None:
    """Put the next lot up, as they are arranged, by the server's own clock, if nothing happened
    since event `seq`.

    Raises:
        Refused: no lot is left, or somebody was first.
    """
    state = desk.auctions.read(auction_id)
    if state is None or state.seq != seq or state.status != "open" or state.auto_next_ms is None:
        return None
    command = commands.NextLot(request_id="-", order="arranged")
    return _decide_and_write(command, auction_id, None, desk)


def _decide_and_write(command: Decided, auction_id: str, actor: int | None, desk: Desk) -> Outcome:
    request_id = None if actor is None else command.request_id
    for _ in range(ATTEMPTS):
        state = desk.auctions.read(auction_id)
        if state is None:
            raise Refused("auction_not_open", "the auction has not been opened yet")
        if request_id is not None:
            before = state.seq_of(request_digest(actor, request_id))
            if before is not None:
                return Outcome(seq=before)
        facts = _facts(state, command, actor, desk)
        if any(row.seq > state.seq for row in facts.lot_states):
            continue  # a lot moved on after the auction was read: they do not agree
        change = decide(state, command, facts)
        try:
            committed = desk.auctions.commit(change)
        except ConflictingChange:
            continue
        entry = LedgerEntry(auction_id, committed.seq, change.event)
        return Outcome(seq=committed.seq, entry=entry, audience=committed.audience)
    raise Busy("too many changes at once; try again")


def _facts(state: AuctionState, command: Decided, actor: int | None, desk: Desk) -> Facts:
    auction_id = state.auction_id
    rules = desk.rules_book.version(auction_id, state.rules_version)
    lot_states: tuple[LotState, ...] = ()
    bids: tuple[BidPlaced, ...] = ()
    if isinstance(command, commands.NextLot):
        rules = desk.rules_book.latest(auction_id) or rules
    if isinstance(command, commands.NextLot | commands.ResetLot):
        lot_states = tuple(state for _, state in desk.catalogue.lots(auction_id))
    lot = state.current
    if isinstance(command, commands.UndoBid) and lot is not None and lot.high is not None:
        bids = standing_bids(_events_since(state, lot.opened_seq, desk))
    return Facts(
        now_ms=desk.now_ms(),
        actor=actor,
        rules=rules,
        lot_states=lot_states,
        bids=bids,
        choose=secrets.choice,
    )


def _events_since(state: AuctionState, opened_seq: int, desk: Desk) -> list[AnyEvent]:
    """The events of the lot that is up, at least one. The ledger is a moment behind the item, but
    without gaps that stay: wait until it has them all but the last, which the item holds itself."""
    wanted = state.seq - opened_seq - 1
    for _ in range(LEDGER_WAITS):
        entries = desk.ledger.events(state.auction_id, opened_seq, limit=wanted) if wanted else []
        if [entry.seq for entry in entries] == list(range(opened_seq + 1, state.seq)):
            return [*(entry.event for entry in entries), state.last_event]
        desk.wait(LEDGER_WAIT_S)
    raise Busy("the ledger is catching up; try again")
