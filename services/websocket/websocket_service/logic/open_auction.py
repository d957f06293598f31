"""Opening: everything the auction needs comes from the database at once, and then no more."""

from __future__ import annotations

from collections.abc import Callable

from shared.commands import OpenAuction
from shared.errors import Refused
from shared.events import AuctionOpened, LedgerEntry
from shared.limits import REPLAY_WINDOW
from shared.settings import Settings
from websocket_service.logic.authority import Caller, require_right
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.ports import Auctions, Bridge, ConflictingChange, Opening
from websocket_service.logic.rules import rules_of
from websocket_service.logic.state import NO_REQUEST, AuctionState, remember, request_digest


def open_auction(
    command: OpenAuction,
    caller: Caller,
    *,
    auctions: Auctions,
    opening: Opening,
    bridge: Bridge,
    settings: Settings,
    now_ms: Callable[[], int],
) -> Outcome:
    """Open an auction. The auction's item is written last: until it exists nothing has
    happened, and the whole can be repeated. What was changed in the database since it was asked,
    and came here before this, stays: members and rules carry the database's versions.

    Raises:
        Forbidden: only the commissioner may.
        Refused: `auction_already_open`.
        CalleeFailed, NotFound: the database said no, or did not answer.
    """
    require_right(caller, command)
    digest = request_digest(caller.number, command.request_id)
    existing = auctions.read(caller.auction_id)
    if existing is not None:
        return _opened_before(existing, digest)
    projection = bridge.open_auction(caller.auction_id)
    rules = rules_of(projection, settings)
    opening.write(projection, rules)
    event = AuctionOpened(
        at_ms=now_ms(),
        actor=caller.number,
        request_id=command.request_id,
        rules_version=rules.version,
    )
    state = AuctionState(
        auction_id=caller.auction_id,
        status="open",
        rules_version=rules.version,
        seq=1,
        last_event=event,
        recent=remember((NO_REQUEST,) * REPLAY_WINDOW, digest),
    )
    try:
        auctions.create(state)
    except ConflictingChange:
        existing = auctions.read(caller.auction_id)
        if existing is None:
            raise
        return _opened_before(existing, digest)
    return Outcome(seq=1, entry=LedgerEntry(caller.auction_id, 1, event))


def _opened_before(state: AuctionState, digest: str) -> Outcome:
    seq = state.seq_of(digest)
    if seq is None:
        raise Refused("auction_already_open", "the auction was opened before", seq=state.seq)
    return Outcome(seq=seq)
