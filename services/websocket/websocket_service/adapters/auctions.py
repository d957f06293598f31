"""The auction items: each change is one conditional write that adds 1 to `seq`."""

from __future__ import annotations

import os
import random
import time
from contextlib import suppress
from typing import Any

from shared.auction import LotState
from shared.aws.errors import ConditionFailed, Refused
from shared.aws.values import plain_item
from shared.codec import encode
from shared.errors import Busy
from shared.limits import REPLAY_WINDOW
from shared.tracing import trace_header
from websocket_service.adapters.auction_item import (
    KEPT,
    KEY,
    attributes_of,
    item_holding,
    item_of,
    state_in,
)
from websocket_service.adapters.live import LiveTables
from websocket_service.adapters.traces import pack_trace
from websocket_service.logic.bidding import BidAttempt
from websocket_service.logic.change import Change
from websocket_service.logic.ports import BidLost, Committed, ConflictingChange
from websocket_service.logic.state import AuctionState

TRANSACTION_ATTEMPTS = 5
"""A bid that meets a sale's transaction on the same item is sent again this often in all."""

_CONFLICT = "TransactionConflictException"
_CANCELLED = "TransactionCanceledException"

_BID_STANDS = (
    "#st = :bidding AND #lot = :lot AND #min <= :amount "
    "AND (attribute_not_exists(#mx) OR #mx < :amount) "
    "AND (#d0 > :now OR #d1 > :now) AND #rv = :rules AND {affordable} "
    "AND NOT contains(#q, :digest)"
)
# every right-hand side is the item's value before the write, so this shifts by one
_SHIFT = ", ".join(
    ["#q[0] = :digest", *(f"#q[{i}] = #q[{i - 1}]" for i in range(1, REPLAY_WINDOW))]
)
_BID = (
    "SET #n = #n + :one, #hi = :amount, #by = :bidder, #min = :minimum, #d1 = :extended, "
    f"#ev = :event, {_SHIFT}"
)


class DynamoAuctions:
    """`Auctions` on DynamoDB."""

    def __init__(self, tables: LiveTables) -> None:
        self._dynamodb = tables.dynamodb
        self._auctions, self._lots = tables.auctions, tables.lots

    def read(self, auction_id: str) -> AuctionState | None:
        found = self._auctions.get({KEY: auction_id})
        return None if found is None else state_in(item_of(found))

    def is_closed(self, auction_id: str) -> bool:
        """False also of one that was never opened."""
        state = self.read(auction_id)
        return state is not None and state.status == "closed"

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        """One UpdateItem, no read, whether the bid stands or not."""
        try:
            return self._update(bid.auction_id, *bid_expressions(bid))
        except ConditionFailed as lost:
            return BidLost(state_in(item_of(plain_item(lost.item))) if lost.item else None)

    def create(self, state: AuctionState) -> Committed:
        attributes = attributes_of(item_holding(state))
        present = {name: value for name, value in attributes.items() if value is not None}
        try:
            self._auctions.put(present, f"attribute_not_exists(#{KEY})")
        except ConditionFailed:
            raise ConflictingChange from None
        return Committed(seq=state.seq, audience=None)

    def commit(self, change: Change) -> Committed:
        """The auction's item; with the lot's row, if it changes, in one transaction."""
        auction_id = change.after.auction_id
        attributes = attributes_of(item_holding(change.after))
        set_all, values = assignments({n: v for n, v in attributes.items() if n not in KEPT})
        condition, values = "#n = :before", values | {"before": change.before.seq}
        if change.lot is None:
            try:
                return self._update(auction_id, set_all, condition, values)
            except ConditionFailed:
                raise ConflictingChange from None
        of_auction = self._auctions.update_of({KEY: auction_id}, set_all, condition, values)
        try:
            self._dynamodb.call(
                "TransactWriteItems",
                {
                    "TransactItems": [
                        {"Update": of_auction},
                        {"Update": self._lots_update(auction_id, change.lot)},
                    ],
                    # a repeated request is answered as the first time
                    "ClientRequestToken": os.urandom(16).hex(),
                },
            )
        except Refused as error:
            if error.code in (_CANCELLED, _CONFLICT):
                raise ConflictingChange from None
            raise
        return Committed(seq=change.after.seq, audience=None)

    def count_connection(self, auction_id: str) -> None:
        """Tell warm Lambdas, with the reply to their next write, that there is one more connection.

        It is no event: `seq` stays, and the relay passes over it. Before the auction is opened
        there is nothing to tell.
        """
        with suppress(ConditionFailed):
            self._auctions.update(
                {KEY: auction_id}, "ADD #au :one", f"attribute_exists(#{KEY})", {"one": 1}
            )

    def _lots_update(self, auction_id: str, lot: LotState) -> dict[str, Any]:
        change, values = assignments(
            {
                "status": lot.status,
                "seq": lot.seq,
                "owner": lot.owner,
                "price_cents": lot.price_cents,
            }
        )
        key = {"auction_id": auction_id, "lot_id": lot.lot_id}
        return self._lots.update_of(key, change, "#seq < :seq", values)

    def _update(
        self, auction_id: str, change: str, condition: str, values: dict[str, Any]
    ) -> Committed:
        """Raises ConditionFailed with the item that refused the write."""
        for attempt in range(TRANSACTION_ATTEMPTS):
            try:
                found = self._auctions.update({KEY: auction_id}, change, condition, values)
            except ConditionFailed:
                raise
            except Refused as error:
                if error.code != _CONFLICT:
                    raise
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - jitter
            else:
                item = item_of(found)
                return Committed(seq=item.seq, audience=item.audience)
        raise Busy("too many changes at once; try again")


def bid_expressions(bid: BidAttempt) -> tuple[str, str, dict[str, Any]]:
    """What a bid changes, on which condition, with which values."""
    event = bid.event
    spent = f"#sp.#{event.bidder}"
    affordable = f"{spent} <= :headroom"
    if bid.headroom_cents >= 0:
        affordable = f"({affordable} OR attribute_not_exists({spent}))"
    values: dict[str, Any] = {
        "bidding": "bidding",
        "lot": event.lot_id,
        "amount": event.amount_cents,
        "now": event.at_ms,
        "rules": bid.rules_version,
        "digest": bid.digest,
        "headroom": bid.headroom_cents,
        "one": 1,
        "bidder": event.bidder,
        "minimum": event.minimum_cents,
        "extended": event.extended_to_ms,
        "event": encode(event).decode(),
    }
    condition = _BID_STANDS.format(affordable=affordable)
    trace = pack_trace(trace_header(), event.at_ms)
    if trace is None:
        return f"{_BID} REMOVE #mx, #tr", condition, values
    return f"{_BID}, #tr = :trace REMOVE #mx", condition, values | {"trace": trace}


def assignments(attributes: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An update that gives each attribute its value, and removes those that are None."""
    values = {name: value for name, value in attributes.items() if value is not None}
    change = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
    if gone := [f"#{name}" for name in attributes if name not in values]:
        change += " REMOVE " + ", ".join(gone)
    return change, values
