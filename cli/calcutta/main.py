"""The commands, and the one place where an error becomes a line."""

from __future__ import annotations

import logging
from typing import Any

import typer
from typer.core import TyperGroup

from calcutta import auction, database, join, league, settle
from calcutta.bots import command as bots
from calcutta.canary import command as canary
from calcutta.config import command as config
from calcutta.cost.command import cost
from calcutta.lobby import command as lobby
from calcutta.problems import sentence_for
from calcutta.release import command as release
from calcutta.stage import command as stage
from calcutta.stages import open_stage
from calcutta.sync import command as sync


class Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            sentence = sentence_for(error)
            if sentence is None:
                raise
            typer.echo(f"calcutta: {sentence}", err=True)
            raise typer.Exit(1) from None


def start(ctx: typer.Context) -> None:
    """Run live Calcutta auctions: import a league, open it, bid, and check the books."""
    # `shared` logs for machines; a person gets one line from here
    logging.getLogger("calcutta").addHandler(logging.NullHandler())
    # tests bring stages of their own
    ctx.obj = ctx.obj or open_stage


def build() -> typer.Typer:
    root = typer.Typer(
        cls=Commands, callback=start, no_args_is_help=True, pretty_exceptions_enable=False
    )
    root.add_typer(league.app, name="league")
    root.add_typer(auction.app, name="auction")
    root.add_typer(sync.app, name="sync")
    root.add_typer(database.app, name="database")
    root.add_typer(canary.app, name="canary")
    root.add_typer(lobby.app, name="lobby")
    root.add_typer(config.app, name="config")
    root.add_typer(stage.app, name="stage")
    root.add_typer(release.app, name="release")
    root.command("bots")(bots.bots)
    root.command("join")(join.join)
    root.command("cost")(cost)
    root.command("settle")(settle.settle)
    return root


app = build()
