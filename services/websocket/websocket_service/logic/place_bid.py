"""A bid, from message to decision: one write and no read in a warm container.

A second write where a maximum answers the bid; a read where it is in another member's name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.auction import Member
from shared.commands import PlaceBid
from shared.errors import Busy, Forbidden, NotFound, Refused
from shared.events import LedgerEntry
from websocket_service.logic.authority import Caller, may_bid, require_right
from websocket_service.logic.bidding import BidAttempt, attempt, refusal
from websocket_service.logic.maximum import answer
from websocket_service.logic.outcome import Outcome
from websocket_service.logic.ports import Auctions, BidLost, ConflictingChange, RulesBook

ATTEMPTS = 10
"""A container may have to learn the rules' version, and a race may make its refusal, or the answer
of a maximum, untrue."""


def place_bid(
    command: PlaceBid,
    caller: Caller,
    *,
    auctions: Auctions,
    rules_book: RulesBook,
    members: Callable[[str], Sequence[Member]],
    now_ms: Callable[[], int],
) -> Outcome:
    """Decide a bid.

    Args:
        members: the members of an auction; asked only for a bid in another member's name.

    Raises:
        Forbidden: the caller may not bid, or not in that member's name.
        NotFound: there is no such member.
        Refused: why it does not stand, with the lowest bid that would.
        Busy: too many changes at once; the same bid may be sent again.
    """
    require_right(caller, command)
    bidder = caller.number if command.bidder is None else command.bidder
    if bidder != caller.number:
        _require_bidder(bidder, members(caller.auction_id))
    rules = rules_book.kept(caller.auction_id) or rules_book.latest(caller.auction_id)
    if rules is None:
        raise Refused("auction_not_open", "the auction has not been opened yet")
    for _ in range(ATTEMPTS):
        bid = attempt(
            rules,
            auction_id=caller.auction_id,
            lot_id=command.lot_id,
            bidder=bidder,
            actor=caller.number,
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
        answered = None if result.state is None else answer(result.state, rules, bid)
        if answered is None:
            continue
        try:
            committed = auctions.commit(answered)
        except ConflictingChange:
            continue
        entry = LedgerEntry(caller.auction_id, committed.seq, answered.event)
        return Outcome(seq=committed.seq, entry=entry, audience=committed.audience)
    raise Busy("too many changes at once; try again")


def _require_bidder(number: int, members: Sequence[Member]) -> None:
    for member in members:
        if member.number == number:
            if not may_bid(member.role):
                raise Forbidden(f"{member.name} is a {member.role} and may not bid")
            return
    raise NotFound(f"there is no member {number} in this auction")


def _answered_before(lost: BidLost, bid: BidAttempt) -> int | None:
    return None if lost.state is None else lost.state.seq_of(bid.digest)
