"""From the stream to ledger and queues: every event once, in order, whatever dies in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from shared.events import (
    AnyEvent,
    BidPlaced,
    BidUndone,
    ClockReset,
    LedgerEntry,
    LotOpened,
    Resumed,
)
from shared.logs import logger
from shared.quarantine import SetAside
from websocket_service.logic.ports import LedgerWriter, Outbox, Traces

AT_ONCE = 10
"""Records that succeed or fail together: what SQS takes in one call."""


class StreamRecord(msgspec.Struct, frozen=True):
    """A record of the stream and what it holds: an event, nothing, or nothing that can be read.

    Attributes:
        trace: the header of the event's trace, if it is recorded.
        next_lot_ms: the pause after which a lot comes up by itself; None if it does not.
    """

    sequence_number: str
    found: LedgerEntry | SetAside | None
    trace: str | None = None
    next_lot_ms: int | None = None


class RelayStopped(Exception):
    """Something behind the relay failed: the records before `sequence_number` are done, and that
    one and the rest have to come again."""

    def __init__(self, sequence_number: str) -> None:
        super().__init__(f"stopped at record {sequence_number}")
        self.sequence_number = sequence_number


def relay(
    records: Sequence[StreamRecord],
    *,
    ledger: LedgerWriter,
    outbox: Outbox,
    now_ms: Callable[[], int],
) -> None:
    """Write the events to the ledger, queue them for the database, and leave a delayed hammer for
    the deadlines they set, or the next lot for the end of a pause. Repeating it changes nothing:
    the ledger's key is the event's place, the queue drops duplicates, a hammer too many finds
    nothing to do. What cannot be read goes to quarantine by the same queue.

    Raises:
        RelayStopped: from its cause.
    """
    for start in range(0, len(records), AT_ONCE):
        some = records[start : start + AT_ONCE]
        try:
            _relay(some, ledger, outbox, now_ms)
        except Exception as error:
            raise RelayStopped(some[0].sequence_number) from error


def _relay(
    records: Sequence[StreamRecord],
    ledger: LedgerWriter,
    outbox: Outbox,
    now_ms: Callable[[], int],
) -> None:
    entries = [it.found for it in records if isinstance(it.found, LedgerEntry)]
    unreadable = [it.found for it in records if isinstance(it.found, SetAside)]
    if entries:
        ledger.append(entries)
        for (auction_id, lot_id), deadline_ms in deadlines_of(entries).items():
            outbox.hammer_at(auction_id, lot_id, deadline_ms, now_ms())
        for entry, due_ms in next_lots_of(records).values():
            outbox.next_lot_at(entry.auction_id, entry.seq, due_ms, now_ms())
        outbox.to_database(entries, _traces_of(records))
        for entry in entries:
            logger().info("relayed", extra=entry.ids())
    if unreadable:
        outbox.to_quarantine(unreadable)


def _traces_of(records: Sequence[StreamRecord]) -> Traces:
    return {
        (it.found.auction_id, it.found.seq): it.trace
        for it in records
        if isinstance(it.found, LedgerEntry) and it.trace is not None
    }


def next_lots_of(records: Sequence[StreamRecord]) -> dict[str, tuple[LedgerEntry, int]]:
    """The latest event of each auction and when a lot comes up after it, if by itself."""
    pauses: dict[str, tuple[LedgerEntry, int]] = {}
    for record in records:
        if isinstance(record.found, LedgerEntry):
            pauses.pop(record.found.auction_id, None)
            if record.next_lot_ms is not None:
                due_ms = record.found.event.at_ms + record.next_lot_ms
                pauses[record.found.auction_id] = record.found, due_ms
    return pauses


def deadlines_of(entries: Sequence[LedgerEntry]) -> dict[tuple[str, str], int]:
    """The latest deadline of each lot, by auction and lot: an earlier one no longer holds."""
    deadlines = {}
    for entry in entries:
        due = deadline_of(entry.event)
        if due is not None:
            lot_id, deadline_ms = due
            deadlines[entry.auction_id, lot_id] = deadline_ms
    return deadlines


def deadline_of(event: AnyEvent) -> tuple[str, int] | None:
    """The lot and the time at which it may end because of this event."""
    match event:
        case LotOpened() | ClockReset() | Resumed():
            return event.lot_id, event.deadline_ms
        case BidPlaced() | BidUndone():
            return event.lot_id, event.extended_to_ms
        case _:
            return None
