"""Maximum (proxy) bids: the server bids for a member, up to a limit that nobody else sees.

The auction's item keeps the high bidder's maximum only. Whoever else set one has seen it reached,
or they would be the high bidder. So a bid over the maximum is still one conditional write, and a
bid that the maximum covers is answered by a second, made from the item that the first one lost to.
"""

from __future__ import annotations

from msgspec.structs import replace

from shared.auction import Rules
from shared.commands import SetMaximum
from shared.errors import Forbidden
from shared.events import BeatenBid, BidPlaced, MaximumSet
from websocket_service.logic.bidding import BidAttempt, attempt, refusal
from websocket_service.logic.change import Change, Facts, change, lot_up, origin
from websocket_service.logic.rules import minimum_after
from websocket_service.logic.state import AuctionState, CurrentLot, HighBid


def answer(state: AuctionState, rules: Rules, bid: BidAttempt) -> Change | None:
    """What the high bidder's maximum does about a bid that nothing else refuses; None if it does
    not reach so far.

    The high bidder stays it, at the other's bid plus an increment, as far as the maximum goes: at
    the same amount it was there first. Their own bid raises the price to itself.
    """
    lot, event = state.current, bid.event
    if lot is None or lot.high is None or (lot.maximum_cents or 0) < event.amount_cents:
        return None
    maximum = lot.maximum_cents or 0
    if event.bidder != lot.high.bidder:
        event = replace(
            event,
            bidder=lot.high.bidder,
            amount_cents=min(maximum, minimum_after(rules, event.amount_cents)),
            beaten=BeatenBid(event.bidder, event.amount_cents),
        )
    return _lead(state, lot, rules, event, maximum)


def set_maximum(state: AuctionState, command: SetMaximum, facts: Facts) -> Change:
    """Bid as little as takes the lead, or change how far one's own lead goes.

    Raises:
        Refused: as a bid of the whole maximum would be.
    """
    lot, member = lot_up(state, command.lot_id), facts.actor
    if member is None:
        raise Forbidden("only a member has a maximum")
    maximum, high = command.maximum_cents, lot.high
    whole = attempt(
        facts.rules,
        auction_id=state.auction_id,
        lot_id=lot.lot_id,
        bidder=member,
        actor=member,
        amount_cents=maximum,
        request_id=command.request_id,
        now_ms=facts.now_ms,
    )
    if high is not None and high.bidder == member:
        # one's own maximum may come down to the bid that stands
        _require(replace(state, current=replace(lot, minimum_cents=high.amount_cents)), whole)
        event = MaximumSet(**origin(command, facts), lot_id=lot.lot_id, bidder=member)
        current = replace(lot, maximum_cents=_beyond(high.amount_cents, maximum))
        return change(state, event, current=current)
    _require(state, whole)
    price, beaten = lot.minimum_cents, None
    if high is not None and lot.maximum_cents is not None:
        covered = answer(state, facts.rules, whole)
        if covered is not None:
            return covered
        price = min(maximum, minimum_after(facts.rules, lot.maximum_cents))
        beaten = BeatenBid(high.bidder, lot.maximum_cents)
    takes = replace(whole.event, amount_cents=price, beaten=beaten)
    return _lead(state, lot, facts.rules, takes, maximum)


def _require(state: AuctionState, bid: BidAttempt) -> None:
    reason = refusal(state, bid)
    if reason is not None:
        raise reason


def _lead(
    state: AuctionState, lot: CurrentLot, rules: Rules, event: BidPlaced, maximum_cents: int
) -> Change:
    price = event.amount_cents
    event = replace(event, minimum_cents=minimum_after(rules, price))
    current = replace(
        lot,
        high=HighBid(event.bidder, price),
        minimum_cents=event.minimum_cents,
        extended_to_ms=event.extended_to_ms,
        maximum_cents=_beyond(price, maximum_cents),
    )
    return change(state, event, current=current)


def _beyond(price_cents: int, maximum_cents: int) -> int | None:
    """The maximum, if it goes beyond the price that stands."""
    return maximum_cents if maximum_cents > price_cents else None
