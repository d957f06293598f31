"""`Auctions` in memory: one write at a time, each under the documented condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from shared.auction import LotState
from shared.codec import decode_event, encode
from shared.events import LedgerEntry
from tests.fakes.meanwhile import Meanwhile
from websocket_service.logic.bidding import BidAttempt
from websocket_service.logic.change import Change
from websocket_service.logic.ports import BidLost, Committed, ConflictingChange
from websocket_service.logic.state import AuctionState, HighBid, remember


def stands(bid: BidAttempt, state: AuctionState) -> bool:
    """The condition of a bid's write, word by word as `BidAttempt` documents it."""
    lot, event = state.current, bid.event
    return (
        state.status == "bidding"
        and lot is not None
        and lot.lot_id == event.lot_id
        and state.rules_version == bid.rules_version
        and lot.minimum_cents <= event.amount_cents
        and (lot.maximum_cents or 0) < event.amount_cents
        and lot.deadline_ms > event.at_ms
        and state.spent.get(event.bidder, 0) <= bid.headroom_cents
        and bid.digest not in state.recent
    )


class MemoryAuctions:
    """The auction items.

    Attributes:
        lot_rows: lot rows by auction id and lot id; changes of lots are committed to them.
        calls: how often each operation reached the database.
        before_write: what others do just before a write of ours arrives.
        audience: what a write that can tell tells.
    """

    def __init__(self, stream: Callable[[LedgerEntry], None]) -> None:
        self.states: dict[str, AuctionState] = {}
        self.lot_rows: dict[str, dict[str, LotState]] = {}
        self.calls: Counter[str] = Counter()
        self.before_write = Meanwhile()
        self.audience = 0
        self._stream = stream

    def read(self, auction_id: str) -> AuctionState | None:
        self.calls["read"] += 1
        return self.states.get(auction_id)

    def place_bid(self, bid: BidAttempt) -> Committed | BidLost:
        self.calls["place_bid"] += 1
        self.before_write.happen()
        state = self.states.get(bid.auction_id)
        if state is None or state.current is None or not stands(bid, state):
            return BidLost(state)
        event = bid.event
        lot = replace(
            state.current,
            high=HighBid(event.bidder, event.amount_cents),
            minimum_cents=event.minimum_cents,
            maximum_cents=None,
            extended_to_ms=event.extended_to_ms,
        )
        recent = remember(state.recent, bid.digest)
        self._write(replace(state, seq=state.seq + 1, current=lot, last_event=event, recent=recent))
        return Committed(state.seq + 1, self.audience)

    def commit(self, change: Change) -> Committed:
        self.calls["commit"] += 1
        self.before_write.happen()
        after, lot = change.after, change.lot
        if self.states[after.auction_id].seq != change.before.seq:
            raise ConflictingChange
        if lot is not None:
            rows = self.lot_rows[after.auction_id]
            if rows[lot.lot_id].seq >= lot.seq:
                raise ConflictingChange
            rows[lot.lot_id] = lot
        self._write(after)
        return Committed(after.seq, self.audience if lot is None else None)

    def create(self, state: AuctionState) -> Committed:
        self.calls["create"] += 1
        self.before_write.happen()
        if state.auction_id in self.states:
            raise ConflictingChange
        self._write(state)
        return Committed(state.seq, None)

    def _write(self, state: AuctionState) -> None:
        # events are kept as JSON: what cannot be read again must fail here, too
        event = decode_event(encode(state.last_event))
        self.states[state.auction_id] = replace(state, last_event=event)
        self._stream(LedgerEntry(state.auction_id, state.seq, event))
