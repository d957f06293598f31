"""`calcutta canary`: check a stage from the outside, and prepare what that takes."""

from __future__ import annotations

import typer

from calcutta.canary import prepare as preparing
from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from shared.canary import CanaryReport, RunCanary
from shared.errors import CalleeFailed
from shared.invoke import call

app = typer.Typer(help="Check a stage with a bid of its own.")


@app.callback(invoke_without_command=True)
def check(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """Bid in the stage's synthetic auction, and see that it is told and kept; exit 1 if not.

    It is the deployed check that runs, the same as every five minutes: all it takes is the right
    to invoke it.
    """
    if ctx.invoked_subcommand is not None:
        return
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    arn = here.output("canary", "CheckAuctionLiveArn")
    try:
        report = call(here.client("lambda"), arn, RunCanary(), CanaryReport)
    except CalleeFailed as error:
        if error.__cause__ is not None:
            raise  # it was not even reached
        raise Problem(
            f"the canary itself failed; see its log: aws logs tail "
            f"/aws/lambda/calcutta-canary-{stage}-checkAuction --since 5m"
        ) from None
    _show(report, output)
    if not report.passed:
        raise typer.Exit(1)


@app.command()
def prepare(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """Make the canary's user, league and public room, or mend them; safe to repeat."""
    output = Output(as_json=as_json)
    prepared = preparing.prepare(stage_of(ctx, stage))
    output.line(f"the canary bids in auction {prepared.auction_id}")
    output.line(f"next: calcutta canary --stage {stage}")
    output.result(prepared)


def _show(report: CanaryReport, output: Output) -> None:
    output.table(("step", ">ms"), ((it.step, str(it.ms)) for it in report.steps))
    if report.passed:
        took = {
            "lobby": report.lobby_ms,
            "bid": report.bid_ms,
            "broadcast": report.broadcast_ms,
            "row": report.row_ms,
        }
        told = ", ".join(f"{name} {ms} ms" for name, ms in took.items() if ms is not None)
        output.line(f"canary: passed ({told})")
    else:
        output.line(f"canary: failed at {report.failed_at}: {report.reason}")
    output.result(report)
