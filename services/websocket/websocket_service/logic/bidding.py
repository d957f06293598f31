"""The rule of one bid, twice: as the values of its conditional write, and as the reason why not.

`attempt` prepares what the database must compare, so that a bid needs no read. `refusal` is
asked only after the write was refused, with the item it lost to; both must agree, and a
property-based test holds them together.
"""

from __future__ import annotations

import msgspec

from shared.auction import Rules
from shared.errors import Refused
from shared.events import BidPlaced
from websocket_service.logic.rules import budget_of, minimum_after
from websocket_service.logic.state import AuctionState, request_digest


class BidAttempt(msgspec.Struct, frozen=True):
    """A bid as one conditional write. It stands if, on the auction's item,

    * the status is `bidding`, the lot is `event.lot_id` and the rules' version is the same,
    * the minimum is at most `event.amount_cents`,
    * the high bidder's maximum, if they have one, is below `event.amount_cents`,
    * the deadline is after `event.at_ms`,
    * the bidder has spent at most `headroom_cents` (negative: never),
    * `digest` is not among the recent requests: it would have caused a change before, which may
      have been undone since.
    """

    auction_id: str
    event: BidPlaced
    rules_version: int
    headroom_cents: int
    digest: str


def attempt(
    rules: Rules,
    *,
    auction_id: str,
    lot_id: str,
    bidder: int,
    actor: int,
    amount_cents: int,
    request_id: str,
    now_ms: int,
) -> BidAttempt:
    """The conditional write of a bid of `bidder` that `actor` asks for, decided at `now_ms`."""
    return BidAttempt(
        auction_id=auction_id,
        event=BidPlaced(
            at_ms=now_ms,
            actor=actor,
            request_id=request_id,
            lot_id=lot_id,
            bidder=bidder,
            amount_cents=amount_cents,
            minimum_cents=minimum_after(rules, amount_cents),
            extended_to_ms=now_ms + rules.extension_ms,
        ),
        rules_version=rules.version,
        headroom_cents=budget_of(rules, bidder) - amount_cents,
        digest=request_digest(actor, request_id),
    )


def refusal(state: AuctionState | None, bid: BidAttempt) -> Refused | None:
    """Why `state` refuses a bid; None if it would stand, or be answered by a maximum."""
    event = bid.event
    if state is None:
        return Refused("auction_not_open", "the auction has not been opened yet")
    seq, lot = state.seq, state.current
    if state.status == "closed":
        return Refused("auction_closed", "the auction is closed", seq=seq)
    if lot is None:
        return Refused("lot_not_up", "no lot is up", seq=seq)
    minimum = lot.minimum_cents
    if lot.lot_id != event.lot_id:
        return Refused(
            "lot_not_up",
            f"lot {event.lot_id} is not up; lot {lot.lot_id} is",
            minimum_cents=minimum,
            seq=seq,
        )
    if state.status == "paused":
        return Refused("auction_paused", "the auction is paused", minimum_cents=minimum, seq=seq)
    if lot.deadline_ms <= event.at_ms:
        return Refused("deadline_passed", "the lot's time is up", minimum_cents=minimum, seq=seq)
    if event.amount_cents < minimum:
        return Refused(
            "bid_too_low", "the bid is below the minimum", minimum_cents=minimum, seq=seq
        )
    if state.spent.get(event.bidder, 0) > bid.headroom_cents:
        return Refused(
            "over_budget",
            "the bid is over what is left of the budget",
            minimum_cents=minimum,
            seq=seq,
        )
    return None
