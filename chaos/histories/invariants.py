"""What must be true of an auction's ledger, whatever its callers were told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chaos.histories.recording import Answer, Call, Sight
from shared.events import (
    BidPlaced,
    BidUndone,
    ClockReset,
    LedgerEntry,
    LotOpened,
    LotReset,
    LotSold,
    Resumed,
)


def broken(entries: Sequence[LedgerEntry], calls: Sequence[Call], last: Sight) -> Iterator[str]:
    """Each invariant that does not hold, in words."""
    if [entry.seq for entry in entries] != list(range(2, last.seq + 1)):
        yield "the ledger has gaps or more than the auction"
    told = sorted(
        call.answer.seq or 0
        for call in calls
        if isinstance(call.answer, Answer) and call.answer.code is None and call.answer.new
    )
    if told != [entry.seq for entry in entries]:
        yield "two callers were told the same event, or one an event that is not there"
    yield from _broken_lots(entries)
    owners = _owners(entries)
    if owners != last.owners:
        yield "the lots are not whose the ledger says"
    spent: dict[int, int] = {}
    for owner, price in owners.values():
        spent[owner] = spent.get(owner, 0) + price
    if spent != last.spent:
        yield "what was spent is not the sum of what was sold"


def _broken_lots(entries: Sequence[LedgerEntry]) -> Iterator[str]:
    sold: set[str] = set()
    minimum = deadline = 0
    for entry in entries:
        match entry.event:
            case LotOpened() as event:
                minimum, deadline = event.minimum_cents, event.deadline_ms
            case ClockReset() | Resumed() as event:
                deadline = event.deadline_ms
            case BidUndone() as event:
                minimum, deadline = event.minimum_cents, max(deadline, event.extended_to_ms)
            case BidPlaced() as event:
                if event.amount_cents < minimum:
                    yield f"event {entry.seq}: a bid below the minimum stands"
                if event.at_ms >= deadline:
                    yield f"event {entry.seq}: a bid at or after the deadline stands"
                minimum, deadline = event.minimum_cents, max(deadline, event.extended_to_ms)
            case LotSold(lot_id=lot_id):
                if lot_id in sold:
                    yield f"event {entry.seq}: lot {lot_id} is sold a second time"
                sold.add(lot_id)
            case LotReset(lot_id=lot_id):
                sold.discard(lot_id)


def _owners(entries: Sequence[LedgerEntry]) -> dict[str, tuple[int, int]]:
    owners: dict[str, tuple[int, int]] = {}
    for entry in entries:
        match entry.event:
            case LotSold(lot_id=lot_id, owner=owner, price_cents=price):
                owners[lot_id] = (owner, price)
            case LotReset(lot_id=lot_id):
                owners.pop(lot_id, None)
    return owners
