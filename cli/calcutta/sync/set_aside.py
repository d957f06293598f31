"""`calcutta sync status|list|show|redrive`: what is on its way, and what was set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calcutta.bridge import Bridge
from calcutta.options import AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.sync.quarantine import depths, ledger_length, redrive, rows_of
from shared.quarantine import ListQuarantine

QuarantineId = Annotated[str, typer.Argument(metavar="ID", help="As `sync list` says.")]


def status(
    ctx: typer.Context, auction_id: AuctionId, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """How far the database is: events on both sides, the queue, its dead letters, quarantine."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    bridge = Bridge(here)
    in_database = sum(1 for _ in bridge.list_events(auction_id))
    in_ledger = ledger_length(here, auction_id)
    queue = depths(here, "rds-bridge", "ApplyQueueUrl")
    dead = depths(here, "rds-bridge", "ApplyDeadLetterQueueUrl")
    waiting = bridge.list_quarantine(ListQuarantine(auction_id)).waiting
    output.line(f"events: {in_ledger} in the ledger, {in_database} in the database")
    output.line(f"queue: {queue.waiting} waiting, {queue.under_way} under way")
    output.line(f"dead letters: {dead.waiting + dead.under_way}")
    output.line(f"quarantine: {waiting} waiting")
    output.result(
        {
            "in_ledger": in_ledger,
            "in_database": in_database,
            "queue": queue,
            "dead_letters": dead.waiting + dead.under_way,
            "quarantine": waiting,
        }
    )


def list_set_aside(
    ctx: typer.Context,
    auction_id: Annotated[
        str | None, typer.Argument(metavar="[AUCTION_ID]", help="Of this auction only.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Those that were redriven, too.")
    ] = False,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """The records that nobody understood, oldest first."""
    output = Output(as_json=as_json)
    page = Bridge(stage_of(ctx, stage)).list_quarantine(ListQuarantine(auction_id, everything))
    if page.rows:
        output.table(("id", "from", "auction", ">seq", "state", "why"), rows_of(page.rows))
    output.line(f"{page.waiting} waiting")
    output.result(page)


def show(
    ctx: typer.Context, quarantine_id: QuarantineId, stage: StageName = "local",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """One of them, whole; its payload alone is what --payload of redrive takes."""
    output = Output(as_json=as_json)
    record = Bridge(stage_of(ctx, stage)).show_quarantine(quarantine_id)
    output.line(f"from: {record.origin}")
    output.line(f"why: {record.reason}")
    output.line(record.payload)
    output.result(record)


def redrive_set_aside(
    ctx: typer.Context,
    quarantine_id: QuarantineId,
    payload: Annotated[
        Path | None, typer.Option(help="A file with the repaired payload.", exists=True)
    ] = None,
    wait: Annotated[float, typer.Option(help="Seconds that it has to arrive.")] = 30.0,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Bring one back once what was wrong is mended; exit 1 if it still cannot be applied."""
    output = Output(as_json=as_json)
    repaired = None if payload is None else payload.read_text(encoding="utf-8")
    redriven = redrive(stage_of(ctx, stage), quarantine_id, repaired, wait)
    output.line("applied" if redriven.applied else f"not applied: {redriven.reason}")
    output.result(redriven)
    if not redriven.applied:
        raise typer.Exit(1)
