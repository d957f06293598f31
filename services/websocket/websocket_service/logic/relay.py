"""From the stream to ledger and queues: every event once, in order, whatever dies in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shared.events import (
    AnyEvent,
    BidPlaced,
    BidUndone,
    ClockReset,
    LedgerEntry,
    LotOpened,
    Resumed,
)
from websocket_service.logic.ports import Ledger, Outbox


def relay(
    entries: Sequence[LedgerEntry], *, ledger: Ledger, outbox: Outbox, now_ms: Callable[[], int]
) -> None:
    """Write the entries to the ledger, queue them for the database, and leave a delayed hammer
    for each deadline they set. Repeating it changes nothing: the ledger's key is the event's
    place, the queue drops duplicates, a hammer too many finds nothing to do."""
    ledger.append(entries)
    for entry in entries:
        due = deadline_of(entry.event)
        if due is not None:
            lot_id, deadline_ms = due
            outbox.hammer_at(entry.auction_id, lot_id, deadline_ms, now_ms())
    outbox.to_database(entries)


def deadline_of(event: AnyEvent) -> tuple[str, int] | None:
    """The lot and the time at which it may end because of this event."""
    match event:
        case LotOpened() | ClockReset() | Resumed():
            return event.lot_id, event.deadline_ms
        case BidPlaced() | BidUndone():
            return event.lot_id, event.extended_to_ms
        case _:
            return None
