"""The auction items: each change is one conditional write that adds 1 to `seq`."""

from __future__ import annotations

import random
import time
from typing import Any, cast

from botocore.exceptions import ClientError
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from shared.auction import LotState
from shared.codec import decode_event, encode
from shared.errors import Busy
from shared.events import AnyEvent
from shared.fields import AuctionStatus
from shared.limits import REPLAY_WINDOW
from shared.tracing import trace_header
from websocket_service.adapters.tables import AuctionRow, LotRow
from websocket_service.adapters.traces import pack_trace
from websocket_service.adapters.writes import save_new
from websocket_service.logic.bidding import BidAttempt
from websocket_service.logic.change import Change
from websocket_service.logic.ports import BidLost, Committed, ConflictingChange
from websocket_service.logic.state import AuctionState, CurrentLot, HighBid

TRANSACTION_ATTEMPTS = 5
"""A bid that meets a sale's transaction on the same item is sent again this often in all."""

_CONFLICT = "TransactionConflictException"


class DynamoAuctions:
    """`Auctions` on DynamoDB."""

    def read(self, auction_id: str) -> AuctionState | None:
        try:
            row = AuctionRow.get(auction_id, consistent_read=True)
        except AuctionRow.DoesNotExist:
            return None
        return state_of(row)

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        """One UpdateItem, no read, whether the bid stands or not."""
        try:
            return _update(bid.auction_id, _bid_actions(bid), _bid_condition(bid))
        except _LostTo as lost:
            return BidLost(lost.state)

    def create(self, state: AuctionState) -> Committed:
        row = AuctionRow(
            state.auction_id,
            status=state.status,
            rules_version=state.rules_version,
            seq=state.seq,
            last_event=encode(state.last_event).decode(),
            spent={},
            recent=list(state.recent),
            trace=pack_trace(trace_header(), state.last_event.at_ms),
        )
        if not save_new(row, AuctionRow.auction_id.does_not_exist()):
            raise ConflictingChange
        return Committed(seq=state.seq, audience=None)

    def commit(self, change: Change) -> Committed:
        """The auction's item; with the lot's row, if it changes, in one transaction."""
        actions, condition = _state_actions(change.after), AuctionRow.seq == change.before.seq
        if change.lot is None:
            try:
                return _update(change.after.auction_id, actions, condition)
            except _LostTo:
                raise ConflictingChange from None
        try:
            with TransactWrite(connection=AuctionRow._get_connection().connection) as transaction:
                transaction.update(
                    AuctionRow(change.after.auction_id), actions=actions, condition=condition
                )
                transaction.update(
                    LotRow(change.after.auction_id, change.lot.lot_id),
                    actions=_lot_actions(change.lot),
                    condition=LotRow.seq < change.lot.seq,
                )
        except TransactWriteError as error:
            if error.cause_response_code in ("TransactionCanceledException", _CONFLICT):
                raise ConflictingChange from None
            raise
        return Committed(seq=change.after.seq, audience=None)


class _LostTo(Exception):
    def __init__(self, state: AuctionState | None) -> None:
        self.state = state


def _update(auction_id: str, actions: list[Action], condition: Condition) -> Committed:
    """Raises _LostTo with the state that refused the write."""
    request = AuctionRow(auction_id).get_update_kwargs_from_instance(
        actions=actions, condition=condition, return_values_on_condition_failure="ALL_OLD"
    )
    for attempt in range(TRANSACTION_ATTEMPTS):
        try:
            # PynamoDB's own error drops the item that the write lost to, hence its client
            reply = _client().update_item(**request, ReturnValues="ALL_NEW")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ConditionalCheckFailedException":
                item: Any = error.response.get("Item")
                raise _LostTo(state_of(AuctionRow.from_raw_data(item)) if item else None) from None
            if code != _CONFLICT:
                raise
            time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311
        else:
            row = AuctionRow.from_raw_data(reply["Attributes"])
            return Committed(seq=int(row.seq), audience=int(row.audience or 0))
    raise Busy("too many changes at once; try again")


def _client() -> Any:
    return AuctionRow._get_connection().connection.client


def count_connection(auction_id: str) -> None:
    """Tell warm Lambdas, with the reply to their next write, that there is one more connection.

    It is no event: `seq` stays, and the relay passes over it. Before the auction is opened there
    is nothing to tell.
    """
    request = AuctionRow(auction_id).get_update_kwargs_from_instance(
        actions=[AuctionRow.audience.add(1)], condition=AuctionRow.auction_id.exists()
    )
    try:
        _client().update_item(**request)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise


def state_of(row: AuctionRow) -> AuctionState:
    """The state that an item holds."""
    current = None
    if row.lot_id is not None:
        current = CurrentLot(
            lot_id=row.lot_id,
            opened_seq=int(row.opened_seq),
            minimum_cents=int(row.minimum_cents),
            base_deadline_ms=int(row.base_deadline_ms),
            extended_to_ms=int(row.extended_to_ms),
            remaining_ms=None if row.remaining_ms is None else int(row.remaining_ms),
            high=None
            if row.high_bidder is None
            else HighBid(int(row.high_bidder), int(row.high_cents)),
            maximum_cents=None if row.maximum_cents is None else int(row.maximum_cents),
        )
    return AuctionState(
        auction_id=row.auction_id,
        status=cast(AuctionStatus, row.status),
        rules_version=int(row.rules_version),
        seq=int(row.seq),
        last_event=decode_event(row.last_event),
        spent={int(number): int(cents) for number, cents in row.spent.as_dict().items()},
        current=current,
        auto_next_ms=None if row.auto_next_ms is None else int(row.auto_next_ms),
        recent=tuple(row.recent),
    )


def _bid_condition(bid: BidAttempt) -> Condition:
    event = bid.event
    spent = AuctionRow.spent[str(event.bidder)]
    affordable: Condition = spent <= bid.headroom_cents
    if bid.headroom_cents >= 0:
        affordable |= spent.does_not_exist()
    uncovered = AuctionRow.maximum_cents.does_not_exist() | (
        AuctionRow.maximum_cents < event.amount_cents
    )
    condition: Condition = (
        (AuctionRow.status == "bidding")
        & (AuctionRow.lot_id == event.lot_id)
        & (AuctionRow.minimum_cents <= event.amount_cents)
        & uncovered
        & ((AuctionRow.base_deadline_ms > event.at_ms) | (AuctionRow.extended_to_ms > event.at_ms))
        & (AuctionRow.rules_version == bid.rules_version)
        & affordable
        & ~AuctionRow.recent.contains(bid.digest)
    )
    return condition


def _bid_actions(bid: BidAttempt) -> list[Action]:
    event = bid.event
    return [
        AuctionRow.seq.set(AuctionRow.seq + 1),
        AuctionRow.high_cents.set(event.amount_cents),
        AuctionRow.high_bidder.set(event.bidder),
        AuctionRow.minimum_cents.set(event.minimum_cents),
        AuctionRow.maximum_cents.remove(),
        AuctionRow.extended_to_ms.set(event.extended_to_ms),
        AuctionRow.last_event.set(encode(event).decode()),
        _trace_action(event),
        # every right-hand side is the item's value before the write, so this shifts by one
        AuctionRow.recent[0].set(bid.digest),
        *(AuctionRow.recent[i].set(AuctionRow.recent[i - 1]) for i in range(1, REPLAY_WINDOW)),
    ]


def _state_actions(state: AuctionState) -> list[Action]:
    actions: list[Action] = [
        AuctionRow.status.set(state.status),
        AuctionRow.rules_version.set(state.rules_version),
        AuctionRow.seq.set(state.seq),
        AuctionRow.last_event.set(encode(state.last_event).decode()),
        AuctionRow.spent.set({str(number): cents for number, cents in state.spent.items()}),
        AuctionRow.recent.set(list(state.recent)),
        _trace_action(state.last_event),
    ]
    lot = state.current
    fields: list[tuple[Any, Any]] = [
        (AuctionRow.lot_id, lot and lot.lot_id),
        (AuctionRow.opened_seq, lot and lot.opened_seq),
        (AuctionRow.minimum_cents, lot and lot.minimum_cents),
        (AuctionRow.base_deadline_ms, lot and lot.base_deadline_ms),
        (AuctionRow.extended_to_ms, lot and lot.extended_to_ms),
        (AuctionRow.remaining_ms, lot and lot.remaining_ms),
        (AuctionRow.high_bidder, lot and lot.high and lot.high.bidder),
        (AuctionRow.high_cents, lot and lot.high and lot.high.amount_cents),
        (AuctionRow.maximum_cents, lot and lot.maximum_cents),
        (AuctionRow.auto_next_ms, state.auto_next_ms),
    ]
    actions += [field.remove() if value is None else field.set(value) for field, value in fields]
    return actions


def _trace_action(event: AnyEvent) -> Action:
    """The trace of this change in place of that of the one before."""
    packed = pack_trace(trace_header(), event.at_ms)
    return AuctionRow.trace.remove() if packed is None else AuctionRow.trace.set(packed)


def _lot_actions(lot: LotState) -> list[Action]:
    return [
        LotRow.status.set(lot.status),
        LotRow.seq.set(lot.seq),
        LotRow.owner.remove() if lot.owner is None else LotRow.owner.set(lot.owner),
        LotRow.price_cents.remove()
        if lot.price_cents is None
        else LotRow.price_cents.set(lot.price_cents),
    ]
