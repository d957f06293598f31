"""What is counted of the way to SQL; every metric is explained in docs/runbook.md.

A canary's auctions are not counted as business, but what waits in quarantine always is.
"""

from __future__ import annotations

from rds_bridge_service.logic.applying import Applied
from shared.clock import now_ms
from shared.metrics import emit
from shared.synthetic import is_synthetic


def count_applied(applied: Applied) -> None:
    """Count a batch: its rows, and how long the oldest event was under way."""
    entries = [it.entry for it in applied.written if not is_synthetic(it.entry.auction_id)]
    if entries:
        emit({"EventsApplied": len(entries)})
        lag_ms = now_ms() - min(it.event.at_ms for it in entries)
        emit({"CommitToRowMs": max(0, lag_ms)}, "Milliseconds")


def count_waiting(records: int) -> None:
    """Say how many records wait in quarantine, whenever that has changed: the alarm stays as it is
    until it is told otherwise."""
    emit({"RecordsWaiting": records})
