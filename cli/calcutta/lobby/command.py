"""`calcutta lobby`: give an auction a line, and run it."""

from __future__ import annotations

import uuid
from typing import Annotated

import typer

from calcutta.bridge import Bridge
from calcutta.lobby.set_aside import set_aside
from calcutta.lobby.showing import show
from calcutta.lobby.times import as_time_ms
from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.stages import Stage
from shared.errors import NotFound
from shared.invoke import call
from shared.limits import MAX_EXTRA, MAX_PACE_PER_MINUTE
from shared.lobby import (
    AdmitMore,
    CloseLine,
    LineOrder,
    LineReport,
    OpenLine,
    PauseLine,
    ResumeLine,
    RunLine,
    SetPace,
    ShowLine,
)

app = typer.Typer(no_args_is_help=True, help="Run the line in front of a public auction.")

AuctionOption = Annotated[
    str, typer.Option("--auction", metavar="AUCTION_ID", help="Whose line it is.")
]
PaceOption = Annotated[
    int | None,
    typer.Option("--pace", min=1, max=MAX_PACE_PER_MINUTE, help="People a minute, at most."),
]


@app.command()
def status(
    ctx: typer.Context, auction: AuctionOption, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """Where the line stands now."""
    _give(ctx, stage, auction, ShowLine(), as_json)


@app.command("open")
def open_(
    ctx: typer.Context,
    auction: AuctionOption,
    doors_at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="When the doors open: now, or as 2026-03-15T20:00:00-04:00."
        ),
    ] = None,
    gather_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="From when on people may join.")
    ] = None,
    pace: PaceOption = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Make an auction public, with a line; change when its doors open; or open a closed line again.

    Everyone who joins before the doors open is ordered by a seed that is drawn then.
    """
    order = OpenLine(
        gather_at_ms=as_time_ms(gather_at), doors_at_ms=as_time_ms(doors_at), pace_per_minute=pace
    )
    _check_auction(stage_of(ctx, stage), auction)
    _give(ctx, stage, auction, order, as_json)


@app.command()
def pause(
    ctx: typer.Context,
    auction: AuctionOption,
    resume: Annotated[bool, typer.Option("--resume", help="End the pause.")] = False,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Let nobody in; people may still join."""
    _give(ctx, stage, auction, ResumeLine() if resume else PauseLine(), as_json)


@app.command()
def pace(
    ctx: typer.Context,
    per_minute: Annotated[int, typer.Argument(min=1, max=MAX_PACE_PER_MINUTE)],
    auction: AuctionOption,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Let so many people in a minute, at most."""
    _give(ctx, stage, auction, SetPace(per_minute), as_json)


@app.command()
def admit(
    ctx: typer.Context,
    people: Annotated[int, typer.Argument(min=1, max=MAX_EXTRA)],
    auction: AuctionOption,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Let so many people in beyond the pace, as seats allow; also while the line is paused."""
    _give(ctx, stage, auction, AdmitMore(people, uuid.uuid4().hex), as_json)


@app.command()
def close(
    ctx: typer.Context, auction: AuctionOption, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """End the line: nobody joins or comes in any more; who is in the room stays."""
    _give(ctx, stage, auction, CloseLine(), as_json)


app.command("set-aside")(set_aside)


def _give(ctx: typer.Context, stage: str, auction_id: str, order: LineOrder, as_json: bool) -> None:
    show(_run(stage_of(ctx, stage), auction_id, order), Output(as_json=as_json))


def _check_auction(stage: Stage, auction_id: str) -> None:
    """A line that is there was checked when it was made: the database may be down by now.

    Raises:
        NotFound: there is no such auction, opened or not.
    """
    try:
        _run(stage, auction_id, ShowLine())
    except NotFound:
        try:
            Bridge(stage).list_sales(auction_id)
        except NotFound:
            raise NotFound(
                f"stage {stage.name} has no auction {auction_id}; the page's address of an auction "
                "ends with its id, and calcutta league import tells it"
            ) from None


def _run(stage: Stage, auction_id: str, order: LineOrder) -> LineReport:
    arn = stage.output("lobby", "RunLineLiveArn")
    return call(stage.client("lambda"), arn, RunLine(auction_id, order), LineReport)
