"""`calcutta bots`: an auction played by bots."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from calcutta import entry
from calcutta.bots.progress import Lines, Screen
from calcutta.bots.run import Outcome, run_bots
from calcutta.bridge import Bridge
from calcutta.options import AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.stages import Stage
from calcutta.text import dollars
from calcutta.users import Users
from shared.auction import Member
from shared.client import Endpoint


def bots(
    ctx: typer.Context,
    auction_id: AuctionId,
    auctioneer: Annotated[
        bool, typer.Option("--auctioneer", help="Open the auction, put lots up, and close it too.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Same seed, same valuations.")] = 1,
    pace: Annotated[float, typer.Option(help="Seconds a bot thinks, on average.")] = 1.0,
    leave_out: Annotated[
        list[str] | None, typer.Option(help="The name of a bidder who bids for themself.")
    ] = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Let a bot bid for each bidder, until every lot is sold or passed."""
    output = Output(as_json=as_json)
    outcome = play_auction(
        stage_of(ctx, stage),
        auction_id,
        output,
        auctioneer=auctioneer,
        seed=seed,
        pace_s=pace,
        leave_out=frozenset(leave_out or ()),
    )
    output.line(
        f"{outcome.sold} lots sold, {outcome.passed} passed, pool {dollars(outcome.pool_cents)}"
    )
    output.result(outcome)


def play_auction(
    stage: Stage,
    auction_id: str,
    output: Output,
    *,
    auctioneer: bool,
    seed: int = 1,
    pace_s: float = 1.0,
    leave_out: frozenset[str] = frozenset(),
) -> Outcome:
    """Play a whole auction with bots, showing it as it goes; see `run_bots` for the errors.

    Raises:
        Problem: the stage is one with real people.
    """
    if stage.is_promoted:
        raise Problem(f"stage {stage.name} has real people: bots stay out of it")
    members = Bridge(stage).list_sales(auction_id).members

    # made here, as boto3 makes clients in one thread only
    users = Users(stage)

    def enter(member: Member) -> Endpoint:
        return entry.endpoint(stage, auction_id, entry.as_operator(users, member.user_id))

    is_screen = output.console.is_terminal and not output.as_json
    return asyncio.run(
        run_bots(
            auction_id,
            tuple(member for member in members if member.name not in leave_out),
            enter,
            seed=seed,
            pace_s=pace_s,
            progress=Screen(output) if is_screen else Lines(output),
            commissioner=entry.commissioner_of(members) if auctioneer else None,
        )
    )
