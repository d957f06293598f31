"""`calcutta sync status|list|show|redrive`: what is on its way, and what was set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calcutta.bridge import Bridge
from calcutta.options import AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.stages import Stage
from calcutta.sync.places import replay
from calcutta.sync.quarantine import ledger_length, redrive, rows_of
from calcutta.sync.queues import DeadLetter, dead_letters, depths, send_again
from shared.errors import NotFound
from shared.quarantine import ListQuarantine

RecordId = Annotated[str, typer.Argument(metavar="ID", help="As `sync list` says.")]


def status(
    ctx: typer.Context, auction_id: AuctionId, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """How far the database is: events on both sides, the queue, and all that was given up."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    bridge = Bridge(here)
    in_database = sum(1 for _ in bridge.list_events(auction_id))
    in_ledger = ledger_length(here, auction_id)
    queue = depths(here, "rds-bridge", "ApplyQueueUrl")
    dead = depths(here, "rds-bridge", "ApplyDeadLetterQueueUrl").in_all
    waiting = bridge.list_quarantine(ListQuarantine(auction_id)).waiting
    not_relayed = depths(here, "websocket", "RelayFailuresUrl").in_all
    not_followed = depths(here, "websocket", "FollowFailuresUrl").in_all
    output.line(f"events: {in_ledger} in the ledger, {in_database} in the database")
    output.line(f"queue: {queue.waiting} waiting, {queue.under_way} under way")
    for what, count, remedy in (
        ("quarantine", waiting, "calcutta sync list says why"),
        ("dead letters", dead, "calcutta sync redrive --dead-letters sends them again"),
        ("places the relay gave up", not_relayed, _WITHIN_A_DAY),
        ("places followLeagues gave up", not_followed, _WITHIN_A_DAY),
    ):
        output.line(f"{what}: {count}; {remedy}" if count else f"{what}: 0")
    output.result(
        {
            "in_ledger": in_ledger,
            "in_database": in_database,
            "queue": queue,
            "quarantine": waiting,
            "dead_letters": dead,
            "relay_failures": not_relayed,
            "follow_failures": not_followed,
        }
    )


_WITHIN_A_DAY = (
    "calcutta sync redrive --failures hands their records over again, as long as the stream has"
    " them: 24 hours from when they happened"
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
    """The records that nobody understood, oldest first, and the first dead letter of each auction,
    which failed for five hours."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    page = Bridge(here).list_quarantine(ListQuarantine(auction_id, everything))
    dead = [it for it in _dead(here) if auction_id in (None, it.auction_id)]
    if page.rows or dead:
        rows = [*rows_of(page.rows), *(_row_of(it) for it in dead)]
        output.table(("id", "from", "auction", ">seq", "state", "why"), rows)
    letters = depths(here, "rds-bridge", "ApplyDeadLetterQueueUrl").in_all
    output.line(f"{page.waiting} waiting in quarantine, {letters} dead letters in all")
    output.result({"rows": page.rows, "waiting": page.waiting, "dead_letters": dead})


def show(
    ctx: typer.Context,
    record_id: RecordId,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """One of them, whole; its payload alone is what --payload of redrive takes."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    try:
        record = Bridge(here).show_quarantine(record_id)
    except NotFound:
        letter = next((it for it in _dead(here) if it.message_id == record_id), None)
        if letter is None:
            raise
        output.line(f"from: the apply queue, after {letter.attempts} attempts")
        output.line(letter.body)
        output.result(letter)
        return
    output.line(f"from: {record.origin}")
    output.line(f"why: {record.reason}")
    output.line(record.payload)
    output.result(record)


def redrive_set_aside(
    ctx: typer.Context,
    quarantine_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A record in quarantine.")
    ] = None,
    payload: Annotated[
        Path | None, typer.Option(help="A file with the repaired payload.", exists=True)
    ] = None,
    wait: Annotated[float, typer.Option(help="Seconds that it has to arrive.")] = 30.0,
    dead: Annotated[
        bool, typer.Option("--dead-letters", help="All dead letters, back into their queue.")
    ] = False,
    failures: Annotated[
        bool, typer.Option("--failures", help="What the readers of the streams gave up.")
    ] = False,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Bring one back once what was wrong is mended; exit 1 if it still cannot be applied."""
    output, here = Output(as_json=as_json), stage_of(ctx, stage)
    if [quarantine_id is not None, dead, failures].count(True) != 1:
        raise typer.BadParameter("say which: an ID of quarantine, --dead-letters or --failures")
    if dead:
        _redrive_dead_letters(here, output)
    elif failures:
        _redrive_failures(here, output)
    elif quarantine_id is not None:
        repaired = None if payload is None else payload.read_text(encoding="utf-8")
        redriven = redrive(here, quarantine_id, repaired, wait)
        output.line("applied" if redriven.applied else f"not applied: {redriven.reason}")
        output.result(redriven)
        if not redriven.applied:
            raise typer.Exit(1)


def _redrive_dead_letters(stage: Stage, output: Output) -> None:
    sent = 0
    for letter in send_again(stage):
        sent += 1
        place = "" if letter.seq is None else f" seq {letter.seq}"
        output.line(f"{letter.message_id}: auction {letter.auction_id}{place}")
    output.line(f"{sent} sent again; calcutta sync reconcile says whether they have arrived")
    output.result({"sent": sent})


def _redrive_failures(stage: Stage, output: Output) -> None:
    replayed = []
    for it in replay(stage):
        replayed.append(it)
        fate = "gone: the stream has forgotten them" if it.gone else "handed over"
        output.line(f"{it.reader}: {it.records} records {fate}")
    gone = sum(it.gone for it in replayed)
    output.line(f"{len(replayed) - gone} of {len(replayed)} places redriven")
    if gone:
        output.line(
            "what is missing of an auction, calcutta sync reconcile says; a change of a member or"
            " of rules has to be made once more"
        )
    output.result({"places": replayed})
    if gone:
        raise typer.Exit(1)


def _dead(stage: Stage) -> list[DeadLetter]:
    """None without a look where SQS counts none: a look takes a second."""
    count = depths(stage, "rds-bridge", "ApplyDeadLetterQueueUrl").in_all
    return dead_letters(stage) if count else []


def _row_of(letter: DeadLetter) -> tuple[str, ...]:
    seq = "" if letter.seq is None else str(letter.seq)
    why = f"failed {letter.attempts} times"
    return letter.message_id, "queue", letter.auction_id, seq, "dead", why
