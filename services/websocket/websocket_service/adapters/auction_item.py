"""The auction's item: its attributes by their short names, from and to the state they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from shared.codec import decode_event, encode
from shared.fields import AuctionStatus
from shared.tracing import trace_header
from websocket_service.adapters.traces import pack_trace
from websocket_service.logic.state import AuctionState, CurrentLot, HighBid

KEY = "id"
KEPT = frozenset({KEY, "au"})
"""What a change leaves as it is: the key, and the count of connections."""

_SHORT = {
    "auction_id": KEY,
    "status": "st",
    "rules_version": "rv",
    "seq": "n",
    "last_event": "ev",
    "spent": "sp",
    "recent": "q",
    "audience": "au",
    "trace": "tr",
    "lot_id": "lot",
    "opened_seq": "ln",
    "minimum_cents": "min",
    "base_deadline_ms": "d0",
    "extended_to_ms": "d1",
    "remaining_ms": "rem",
    "high_bidder": "by",
    "high_cents": "hi",
    "maximum_cents": "mx",
    "auto_next_ms": "nx",
}


class AuctionItem(msgspec.Struct, frozen=True, rename=_SHORT):
    """The item as `adapters.tables.AuctionRow` describes it; what is None is not in it."""

    auction_id: str
    status: AuctionStatus
    rules_version: int
    seq: int
    last_event: str
    spent: dict[str, int]
    recent: list[str]
    audience: int = 0
    trace: bytes | None = None
    lot_id: str | None = None
    opened_seq: int | None = None
    minimum_cents: int | None = None
    base_deadline_ms: int | None = None
    extended_to_ms: int | None = None
    remaining_ms: int | None = None
    high_bidder: int | None = None
    high_cents: int | None = None
    maximum_cents: int | None = None
    auto_next_ms: int | None = None


def item_of(attributes: Mapping[str, Any]) -> AuctionItem:
    return msgspec.convert(dict(attributes), AuctionItem)


def attributes_of(item: AuctionItem) -> dict[str, Any]:
    """Every attribute by its name in the table; None for what is to be absent."""
    return {
        short: getattr(item, name)
        for name, short in zip(item.__struct_fields__, item.__struct_encode_fields__, strict=True)
    }


def item_holding(state: AuctionState) -> AuctionItem:
    """The item of a state, with the trace of this invocation."""
    item = AuctionItem(
        auction_id=state.auction_id,
        status=state.status,
        rules_version=state.rules_version,
        seq=state.seq,
        last_event=encode(state.last_event).decode(),
        spent={str(number): cents for number, cents in state.spent.items()},
        recent=list(state.recent),
        trace=pack_trace(trace_header(), state.last_event.at_ms),
        auto_next_ms=state.auto_next_ms,
    )
    if (lot := state.current) is None:
        return item
    return msgspec.structs.replace(
        item,
        lot_id=lot.lot_id,
        opened_seq=lot.opened_seq,
        minimum_cents=lot.minimum_cents,
        base_deadline_ms=lot.base_deadline_ms,
        extended_to_ms=lot.extended_to_ms,
        remaining_ms=lot.remaining_ms,
        high_bidder=None if lot.high is None else lot.high.bidder,
        high_cents=None if lot.high is None else lot.high.amount_cents,
        maximum_cents=lot.maximum_cents,
    )


def state_in(item: AuctionItem) -> AuctionState:
    """The state that an item holds."""
    return AuctionState(
        auction_id=item.auction_id,
        status=item.status,
        rules_version=item.rules_version,
        seq=item.seq,
        last_event=decode_event(item.last_event),
        spent={int(number): cents for number, cents in item.spent.items()},
        current=_lot_in(item),
        auto_next_ms=item.auto_next_ms,
        recent=tuple(item.recent),
    )


def _lot_in(item: AuctionItem) -> CurrentLot | None:
    if item.lot_id is None:
        return None
    if (
        item.opened_seq is None
        or item.minimum_cents is None
        or item.base_deadline_ms is None
        or item.extended_to_ms is None
    ):
        raise ValueError(f"auction {item.auction_id} has half a lot")
    high = None
    if item.high_bidder is not None and item.high_cents is not None:
        high = HighBid(item.high_bidder, item.high_cents)
    return CurrentLot(
        lot_id=item.lot_id,
        opened_seq=item.opened_seq,
        minimum_cents=item.minimum_cents,
        base_deadline_ms=item.base_deadline_ms,
        extended_to_ms=item.extended_to_ms,
        remaining_ms=item.remaining_ms,
        high=high,
        maximum_cents=item.maximum_cents,
    )
