"""`calcutta sync`: is what happened live in the database?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

import typer

from calcutta.options import AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.sync import set_aside
from calcutta.sync.books import read_books
from calcutta.sync.compare import Books, Difference, differences
from shared.synthetic import is_synthetic

POLL_S = 0.5

app = typer.Typer(no_args_is_help=True, help="Keep the database in step with the live auction.")


@app.callback()
def sync() -> None:
    """Keep the database in step with the live auction."""


@app.command()
def reconcile(
    ctx: typer.Context,
    auction_id: AuctionId,
    wait: Annotated[
        float, typer.Option(help="Seconds that events under way have to arrive.")
    ] = 30.0,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Compare ledger, lots and database row by row; exit 1 if they differ."""
    if is_synthetic(auction_id):
        raise Problem("a synthetic auction forgets what happened: there is nothing to compare")
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    books, found = settled(lambda: read_books(here, auction_id), wait)
    if books.auction is None and not books.ledger and not books.events:
        raise Problem(f"auction {auction_id} was never opened: there is nothing to compare")
    for difference in found:
        output.line(str(difference))
    verdict = f"{len(found)} differences" if found else "equal"
    output.line(f"reconcile: {verdict} ({len(books.events)} events, {len(books.sales)} sales)")
    output.result(
        {
            "equal": not found,
            "events": len(books.events),
            "sales": len(books.sales),
            "differences": found,
        }
    )
    if found:
        raise typer.Exit(1)


app.command("status")(set_aside.status)
app.command("list")(set_aside.list_set_aside)
app.command("show")(set_aside.show)
app.command("redrive")(set_aside.redrive_set_aside)


def settled(read: Callable[[], Books], wait_s: float) -> tuple[Books, list[Difference]]:
    """The books once they are equal, or as they are after `wait_s` seconds: events travel to the
    database through a queue."""
    give_up_at = time.monotonic() + wait_s
    while True:
        books = read()
        found = differences(books)
        if not found or time.monotonic() >= give_up_at:
            return books, found
        time.sleep(POLL_S)
