"""A bid, from message to decision: one write and no read in a warm container."""

from __future__ import annotations

from collections.abc import Callable

from shared.commands import PlaceBid
from shared.errors import Busy, Refused
from shared.events import LedgerEntry
from websocket_service.logic.authority import Caller, require_right
from websocket_service.logic.bidding import BidAttempt, attempt, refusal
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.ports import Auctions, BidLost, RulesBook

ATTEMPTS = 3
"""A container may have to learn the rules' version, and a race may make its refusal untrue."""


def place_bid(
    command: PlaceBid,
    caller: Caller,
    *,
    auctions: Auctions,
    rules_book: RulesBook,
    now_ms: Callable[[], int],
) -> Outcome:
    """Decide a bid.

    Raises:
        Forbidden: the caller may not bid.
        Refused: why it does not stand, with the lowest bid that would.
        Busy: too many changes at once; the same bid may be sent again.
    """
    require_right(caller, command)
    rules = rules_book.kept(caller.auction_id) or rules_book.latest(caller.auction_id)
    if rules is None:
        raise Refused("auction_not_open", "the auction has not been opened yet")
    for _ in range(ATTEMPTS):
        bid = attempt(
            rules,
            auction_id=caller.auction_id,
            lot_id=command.lot_id,
            bidder=caller.number,
            amount_cents=command.amount_cents,
            request_id=command.request_id,
            now_ms=now_ms(),
        )
        result = auctions.place_bid(bid)
        if not isinstance(result, BidLost):
            entry = LedgerEntry(caller.auction_id, result.seq, bid.event)
            return Outcome(seq=result.seq, entry=entry, audience=result.audience)
        seq = _answered_before(result, bid)
        if seq is not None:
            return Outcome(seq=seq)
        if result.state is not None and result.state.rules_version != rules.version:
            rules = rules_book.version(caller.auction_id, result.state.rules_version)
            continue
        reason = refusal(result.state, bid)
        if reason is not None:
            raise reason
    raise Busy("too many changes at once; try again")


def _answered_before(lost: BidLost, bid: BidAttempt) -> int | None:
    return None if lost.state is None else lost.state.seq_of(bid.digest)
