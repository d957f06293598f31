"""A record out of quarantine: applied the way it would have been, and released if it took."""

from __future__ import annotations

from typing import Protocol

from rds_bridge_service.logic.applying import EntryRefused, Ledger
from rds_bridge_service.logic.understanding import misfit, record_of
from shared.events import LedgerEntry
from shared.quarantine import Quarantined, Redrive, Redriven, ShowQuarantine


class Quarantine(Protocol):
    """The records that were set aside."""

    def show(self, request: ShowQuarantine) -> Quarantined: ...

    def release(self, quarantine_id: str, at_ms: int) -> None: ...


class ReadableLedger(Ledger, Protocol):
    """A ledger that can be asked for one place."""

    def has(self, auction_id: str, seq: int) -> bool: ...


def redrive(
    request: Redrive, quarantine: Quarantine, ledger: ReadableLedger, now_ms: int
) -> Redriven:
    """Apply a record of the queue; of one of the stream, which goes through the relay again, say
    whether it has come back.

    Raises:
        NotFound: there is no such record.
    """
    record = quarantine.show(ShowQuarantine(request.quarantine_id))
    if record.source == "relay":
        reason = _missing(request, record, ledger)
    else:
        body = record.payload if request.payload is None else request.payload
        reason = _not_applied(body, ledger)
    if reason is not None:
        return Redriven(applied=False, reason=reason)
    quarantine.release(record.quarantine_id, now_ms)
    return Redriven(applied=True)


def _missing(request: Redrive, record: Quarantined, ledger: ReadableLedger) -> str | None:
    auction_id = request.auction_id or record.auction_id
    seq = record.seq if request.seq is None else request.seq
    if auction_id is None or seq is None:
        return "it does not say which place in which ledger it has"
    return None if ledger.has(auction_id, seq) else "its event is not in the database yet"


def _not_applied(body: str, ledger: Ledger) -> str | None:
    """Apply it; why not, or None."""
    entry = record_of(body)
    if not isinstance(entry, LedgerEntry):
        return entry if isinstance(entry, str) else "not a ledger entry"
    cast = ledger.casts([entry]).get(entry.auction_id)
    if reason := misfit(entry, cast):
        return reason
    try:
        ledger.append([entry])
    except EntryRefused as error:
        return f"the database refused it: {error}"
    return None
