"""`calcutta release`: which builds there are, and which of them is live."""

from __future__ import annotations

import re
import time
from typing import Annotated

import typer

from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.release import opening
from calcutta.release.adapters.deployed import read_functions, refuse_while_deploying
from calcutta.release.logic.comparing import refuse_unless_passed
from calcutta.release.logic.records import Build, Entry
from calcutta.release.promoting import Wish
from calcutta.release.promoting import promote as promote_build
from calcutta.release.recording import record as record_build
from calcutta.release.rolling_back import roll_back
from calcutta.release.showing import list_builds, show
from shared.clock import now_ms

GATED, GATE = "prod", "staging"

_COMMIT = re.compile(r"[0-9a-f]{7,40}")

app = typer.Typer(no_args_is_help=True, help="Record builds, and move `live` from one to another.")

BuildNumber = Annotated[int, typer.Option("--build", min=1, help="The pipeline's build number.")]
Adopt = Annotated[
    bool,
    typer.Option("--adopt", help="Accept aliases that somebody moved by hand: move them as well."),
]


def _steps(text: str) -> tuple[int, ...]:
    try:
        steps = tuple(int(step) for step in text.split(","))
    except ValueError:
        steps = ()
    if not steps or list(steps) != sorted(set(steps)) or steps[0] < 1 or steps[-1] != 100:
        raise typer.BadParameter("ascending percentages, the last of them 100: 10,50,100")
    return steps


@app.callback()
def release() -> None:
    """Record builds, and move `live` from one to another."""


@app.command()
def record(
    ctx: typer.Context,
    build: BuildNumber,
    commit: Annotated[str, typer.Option(help="The git commit that was deployed.")],
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Write what is deployed into the ledger: every function's version and code."""
    if not _COMMIT.fullmatch(commit):
        raise Problem(f"{commit!r} is not a git commit: 7 to 40 digits 0-9 and a-f")
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    functions = read_functions(here)
    recorded = Entry("recorded", now_ms(), opening.caller(here))
    record_ = Build(build, commit, functions, (recorded,))
    aliases = opening.aliases(here)
    new = record_build(opening.ledger(here), record_, aliases.read(aliases.keys()))
    count = f"{len(functions)} functions"
    output.line(f"build {build}: {count}{'' if new else ', as it was recorded before'}")
    output.result({"build": build, "commit": commit, "new": new, "functions": functions})


@app.command()
def promote(
    ctx: typer.Context,
    build: BuildNumber,
    steps: Annotated[
        str, typer.Option(help="Percent of the calls that reach it, step by step.")
    ] = "10,50,100",
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds that the alarms are watched at each step.")
    ] = 60.0,
    adopt: Adopt = False,
    force: Annotated[
        bool, typer.Option("--force", help="Into prod, although it did not pass in staging.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why it is forced; kept in the ledger.")] = "",
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Make a build live, with checks; if one fails, everything is put back."""
    if force != bool(reason.strip()):
        raise Problem("--force and --reason TEXT go together")
    if force and stage != GATED:
        raise Problem(f"there is nothing to force in stage {stage}: only {GATED} asks for {GATE}")
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    refuse_while_deploying(here)

    def refuse(candidate: Build) -> None:
        if stage == GATED and not force:
            refuse_unless_passed(candidate, opening.ledger(stage_of(ctx, GATE)).builds())

    started = time.monotonic()
    wish = Wish(build, _steps(steps), wait, adopt, reason.strip(), refuse)
    promoted = promote_build(opening.world(here, output.line), wish)
    seconds = round(time.monotonic() - started, 3)
    if promoted.steps:
        pruned = f", {promoted.pruned} old versions deleted" if promoted.pruned else ""
        output.line(f"build {build} is live, after {seconds:.1f} s{pruned}")
    output.result({"promoted": promoted, "seconds": seconds})


@app.command()
def rollback(
    ctx: typer.Context, adopt: Adopt = False, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """Undo the latest promotion, be it done, failed or interrupted. Without checks, in seconds."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    done = roll_back(opening.world(here, output.line), adopt=adopt)
    if done.seconds:
        live = "what was there before" if done.live is None else f"build {done.live}"
        output.line(f"{live} is live, {done.moved} aliases moved in {done.seconds:.1f} s")
    output.result(done)


app.command("list")(list_builds)
app.command("show")(show)
