"""Bringing queued ledger entries to the database: which can be applied, which are set aside.

The queue hands over at least once and, within a group, in order; the rows do not depend on
either. A message is only ever reported as done if its entry is in the database, or the message
itself, whole, in quarantine. What stands behind it never waits for it.

    AppendError
    ├── EntryRefused     the database can never store these values
    └── EntryFailed      it failed, and nobody knows why: the message has to come again
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from rds_bridge_service.logic.understanding import Cast, misfit, record_of
from shared.events import LedgerEntry
from shared.quarantine import SetAside


class QueuedMessage(msgspec.Struct, frozen=True):
    """A message of the apply queue.

    Attributes:
        group: its FIFO message group, the auction.
        origin: the queue and the message's number there.
        seq: where it belongs in the auction's ledger, if the queue knows.
        trace: header of the trace that it is part of, if that is recorded.
    """

    message_id: str
    group: str
    body: str
    origin: str = ""
    seq: int | None = None
    trace: str | None = None


class Written(msgspec.Struct, frozen=True):
    """An entry that is in the database now, and the trace that brought it."""

    entry: LedgerEntry
    trace: str | None


class Failure(msgspec.Struct, frozen=True):
    """A message that has to come again, why, and its entry."""

    message_id: str
    reason: str
    entry: LedgerEntry


class Applied(msgspec.Struct, frozen=True):
    """What became of a batch."""

    written: tuple[Written, ...]
    set_aside: tuple[SetAside, ...]
    failures: tuple[Failure, ...]


class AppendError(Exception):
    """The entries were not written; nothing was."""


class EntryRefused(AppendError):
    """The same values will be refused again."""


class EntryFailed(AppendError):
    """Nobody knows whether it will be so again."""


class Ledger(Protocol):
    """The database's side."""

    def casts(self, entries: Sequence[LedgerEntry]) -> Mapping[str, Cast]:
        """The cast of each of the entries' auctions that exists; who does not fit in is not in."""
        ...

    def append(self, entries: Sequence[LedgerEntry], set_aside: Sequence[SetAside] = ()) -> None:
        """Write all of it in one transaction; what is there already changes nothing.

        Raises:
            AppendError: see above.
        """
        ...


def apply_messages(messages: Sequence[QueuedMessage], ledger: Ledger) -> Applied:
    """Write what can be understood, and set the rest aside.

    Returns:
        What was set aside, and what was neither written nor set aside. After the first failure of
        a group all later messages of that group are failures too: SQS keeps a group's order only
        if they come again together.
    """
    records = [(message, record_of(message.body)) for message in messages]
    casts = ledger.casts([it for _, it in records if isinstance(it, LedgerEntry)])
    entries: list[tuple[QueuedMessage, LedgerEntry]] = []
    aside: list[SetAside] = []
    for message, record in records:
        if isinstance(record, SetAside):
            aside.append(record)
        elif isinstance(record, str):
            aside.append(_set_aside(message, record))
        elif reason := misfit(record, casts.get(record.auction_id)):
            aside.append(_set_aside(message, reason, record.seq))
        else:
            entries.append((message, record))
    try:
        if entries or aside:
            ledger.append([entry for _, entry in entries], aside)
    except AppendError:
        return _one_by_one(entries, aside, ledger)
    written = tuple(Written(entry, message.trace) for message, entry in entries)
    return Applied(written, tuple(aside), ())


def _one_by_one(
    entries: Sequence[tuple[QueuedMessage, LedgerEntry]], aside: list[SetAside], ledger: Ledger
) -> Applied:
    """The same, each entry by itself: one that the database does not take stops no other."""
    written: list[Written] = []
    failures: list[Failure] = []
    stopped: set[str] = set()
    for message, entry in entries:
        if message.group in stopped:
            reason = "an earlier message of its group failed"
            failures.append(Failure(message.message_id, reason, entry))
            continue
        try:
            ledger.append([entry])
        except EntryRefused as error:
            aside.append(_set_aside(message, f"the database refused it: {error}", entry.seq))
        except EntryFailed as error:
            stopped.add(message.group)
            failures.append(Failure(message.message_id, str(error), entry))
        else:
            written.append(Written(entry, message.trace))
    if aside:
        ledger.append([], aside)
    return Applied(tuple(written), tuple(aside), tuple(failures))


def _set_aside(message: QueuedMessage, reason: str, seq: int | None = None) -> SetAside:
    return SetAside(
        source="apply",
        origin=message.origin,
        reason=reason,
        payload=message.body,
        auction_id=message.group,
        seq=message.seq if seq is None else seq,
    )
