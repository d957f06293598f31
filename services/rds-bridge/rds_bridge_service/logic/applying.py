"""Bringing queued ledger entries to the database: which can be applied, which are refused.

The queue hands over at least once and, within a group, in order; the rows do not depend on
either. A message is only ever reported as done if its entry is in the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from shared.codec import decode_entry
from shared.events import BidPlaced, BidUndone, LedgerEntry, LotReset, LotSold


class QueuedMessage(msgspec.Struct, frozen=True):
    """A message of the apply queue; `group` is its FIFO message group."""

    message_id: str
    group: str
    body: str


class Cast(msgspec.Struct, frozen=True):
    """Whom and what the events of an auction may name."""

    lot_ids: frozenset[str]
    members: frozenset[int]


class Failure(msgspec.Struct, frozen=True):
    """A message that has to come again, and why."""

    message_id: str
    reason: str


class Ledger(Protocol):
    """The database's side."""

    def casts(self, auction_ids: set[str]) -> Mapping[str, Cast]:
        """The cast of each of these auctions that exists."""
        ...

    def append(self, entries: Sequence[LedgerEntry]) -> None:
        """Write the entries in one transaction; those it has already change nothing."""
        ...


def apply_messages(messages: Sequence[QueuedMessage], ledger: Ledger) -> list[Failure]:
    """Write what can be understood.

    Returns:
        The messages that were not applied. After the first of a group all later ones of that
        group are among them: SQS keeps a group's order only if they come again together.
    """
    decoded = [(message, _entry_of(message)) for message in messages]
    named = {entry.auction_id for _, entry in decoded if isinstance(entry, LedgerEntry)}
    casts = ledger.casts(named)
    failures: list[Failure] = []
    accepted: list[LedgerEntry] = []
    stopped: set[str] = set()
    for message, entry in decoded:
        if message.group in stopped:
            failures.append(Failure(message.message_id, "an earlier message of its group failed"))
        elif isinstance(entry, str):
            stopped.add(message.group)
            failures.append(Failure(message.message_id, entry))
        elif reason := _misfit(entry, casts.get(entry.auction_id)):
            stopped.add(message.group)
            failures.append(Failure(message.message_id, reason))
        else:
            accepted.append(entry)
    if accepted:
        ledger.append(accepted)
    return failures


def _entry_of(message: QueuedMessage) -> LedgerEntry | str:
    """The entry, or why the message is none."""
    try:
        return decode_entry(message.body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return f"not a ledger entry: {error}"


def _misfit(entry: LedgerEntry, cast: Cast | None) -> str | None:
    """Why the entry cannot belong to the auction it names, or None."""
    if cast is None:
        return "the auction is unknown"
    lot_id = getattr(entry.event, "lot_id", None)
    if lot_id is not None and lot_id not in cast.lot_ids:
        return "the lot is unknown"
    if not _members_named(entry) <= cast.members:
        return "the member is unknown"
    return None


def _members_named(entry: LedgerEntry) -> set[int]:
    match entry.event:
        case BidPlaced(bidder=member) | BidUndone(bidder=member) | LotSold(owner=member):
            return {member}
        case LotReset(owner=int(member)):
            return {member}
        case _:
            return set()
