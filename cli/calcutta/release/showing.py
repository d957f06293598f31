"""`calcutta release list|show`: what the ledger says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.release import opening
from calcutta.release.logic.records import Build, Promotion, Release, StageState
from shared.clock import now_ms


def list_builds(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """All builds of a stage, and which of them is live."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    ledger = opening.ledger(here)
    (state, _), builds = ledger.state(), ledger.builds()
    if builds:
        output.table(
            (">build", "commit", "recorded", "by", ">functions", "is", "latest promotion"),
            [_row(build, state) for build in builds],
        )
    if state.promotion is not None:
        output.line(promotion_line(state.promotion, now_ms()))
    output.line(f"{len(builds)} builds, live: {_number(state.live) or 'none that is recorded'}")
    output.result(
        {
            "live": _number(state.live),
            "previous": _number(state.previous),
            "promotion": state.promotion,
            "builds": [
                {
                    "build": build.build,
                    "commit": build.commit,
                    "functions": len(build.functions),
                    "passed": build.passed,
                    "history": build.history,
                }
                for build in builds
            ],
        }
    )


def show(
    ctx: typer.Context,
    build: Annotated[
        int | None, typer.Option("--build", min=1, help="The one that is live, if not given.")
    ] = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """One build whole: every function's version and code, and what happened to it."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    ledger = opening.ledger(here)
    number = build or _number(ledger.state()[0].live)
    if number is None:
        raise Problem(f"no build is live in stage {stage}: say which with --build")
    found = ledger.find(number)
    if found is None:
        raise Problem(f"build {number} is not in the ledger of stage {stage}: see release list")
    output.line(f"build {found.build}, commit {found.commit}")
    for entry in found.history:
        note = f": {entry.note}" if entry.note else ""
        output.line(f"{_time(entry.at_ms)} {entry.what} by {entry.by}{note}")
    output.table(
        ("function", ">version", "code (SHA-256)", "calls"),
        [
            (key, it.version, it.code_sha256, ", ".join(it.calls))
            for key, it in found.functions.items()
        ],
    )
    output.result(found)


def promotion_line(promotion: Promotion, at_ms: int) -> str:
    """What is under way, or was interrupted."""
    doing = "putting back" if promotion.back else f"at {promotion.percent} %, promoting"
    target = promotion.old if promotion.back else promotion.new
    if promotion.expires_ms > at_ms:
        return f"{doing} {target}: {promotion.owner}"
    return f"interrupted {doing} {target} (by {promotion.owner})"


def _row(build: Build, state: StageState) -> tuple[str, ...]:
    recorded, outcome = build.history[0], build.outcome
    return (
        str(build.build),
        build.commit[:12],
        _time(recorded.at_ms),
        recorded.by.rsplit("/", 1)[-1],
        str(len(build.functions)),
        "live" if build.build == _number(state.live)
        else "previous" if build.build == _number(state.previous) else "",
        "" if outcome is None else f"{outcome.what} {outcome.note}".strip(),
    )  # fmt: skip


def _number(release: Release | None) -> int | None:
    return None if release is None else release.build


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
