"""`calcutta stage`: a whole system of one's own, up and down."""

from __future__ import annotations

import os
import time
from typing import Annotated

import typer

from calcutta.canary.prepare import prepare
from calcutta.options import AsJson, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.stage import down as removal
from calcutta.stage import up as deploying
from calcutta.stage.checkout import DeployFailed, services
from calcutta.stage.remains import Remains, remains_of

Name = Annotated[str, typer.Option("--stage", help="The deployment to make or remove.")]

app = typer.Typer(no_args_is_help=True, help="Bring a whole system up, or take it down.")


@app.callback()
def stage() -> None:
    """Bring a whole system up, or take it down."""


@app.command()
def up(
    ctx: typer.Context,
    stage: Name,
    without_canary: Annotated[
        bool,
        typer.Option("--without-canary", help="Leave its user alone, which takes an operator."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Deploy every service of a stage, migrate its database, prepare its canary.

    It can be repeated, also after a failure: what is there already is brought up to date.
    """
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    started = time.monotonic()
    deploying.check_database(here, os.environ)
    output.line(f"deploying {len(services())} services to stage {stage}: some minutes")
    try:
        deploying.deploy(here, output.line)
    except DeployFailed as failure:
        typer.echo(failure.output, err=True)
        raise Problem(
            f"stage {stage} was not deployed, see above; what is there stays, and "
            f"calcutta stage up --stage {stage} goes on from it"
        ) from None
    revision = deploying.migrate(here)
    output.line(f"the database's schema is at revision {revision}")
    if not without_canary:
        output.line(f"the canary bids in auction {prepare(here).auction_id}")
    seconds = round(time.monotonic() - started)
    output.line(
        f"stage {stage} is up, after {seconds} s; the page: {here.output('web', 'PageUrl')}"
    )
    output.result({"stage": stage, "revision": revision, "seconds": seconds})


@app.command()
def down(
    ctx: typer.Context,
    stage: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove a stage with all its data, so that nothing of it is left.

    Its relational database is not the stage's, and stays. Staging and prod are refused.
    """
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    removal.refuse_promoted(here)
    names = services()
    found = remains_of(here, names)
    if not found.names:
        output.line(f"nothing of stage {stage} is there")
    else:
        if not yes:
            _ask(stage, found)
        removal.take_down(here, names, found, output.line)
        output.line(f"nothing of stage {stage} is left")
    output.result({"stage": stage, "removed": found.names})


def _ask(stage: str, found: Remains) -> None:
    typer.confirm(
        f"Remove {len(found.stacks)} stacks, {len(found.log_groups)} log groups and "
        f"{len(found.parameters)} parameters of stage {stage}, with all auctions in it?",
        abort=True,
        err=True,
    )
