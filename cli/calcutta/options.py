"""The options and arguments that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from calcutta.problems import Problem
from calcutta.stages import Stage

StageName = Annotated[str, typer.Option("--stage", help="The deployment to talk to.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON object.")]
AuctionId = Annotated[str, typer.Argument(metavar="AUCTION_ID", help="As `league create` said.")]
AsEmail = Annotated[
    str | None,
    typer.Option("--as", metavar="EMAIL", help="Who you are; needed in staging and prod."),
]


def as_option(parse: Callable[[str], int]) -> Callable[[str], int]:
    """A parser whose complaint reaches the person."""

    def parsed(text: str) -> int:
        try:
            return parse(text)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return parsed


def stage_of(ctx: typer.Context, name: str) -> Stage:
    """The stage that a command was given."""
    stage = ctx.obj(name)
    if not isinstance(stage, Stage):
        raise Problem(f"there is no stage {name!r}")
    return stage
