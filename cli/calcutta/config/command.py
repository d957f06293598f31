"""`calcutta config`: what a stage is set to, who set it, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from calcutta.config.store import SettingsStore
from calcutta.config.values import (
    DEFAULTS,
    NOTHING_WRITTEN,
    RANGES,
    check_name,
    in_force,
    shown,
    valid,
    value_from,
)
from calcutta.options import AsJson, StageName, stage_of
from calcutta.output import Output
from calcutta.problems import Problem
from calcutta.stages import Stage
from shared.clock import now_ms

IN_FORCE = "running Lambdas follow within 30 seconds"

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `config list` says.")]

app = typer.Typer(no_args_is_help=True, help="Read and change the settings of a stage.")


@app.callback()
def config() -> None:
    """Read and change the settings of a stage."""


@app.command("list")
def list_settings(ctx: typer.Context, stage: StageName = "local", as_json: AsJson = False) -> None:
    """Every setting: what is in force, the default, what it may be, who set it and when."""
    output, rows = Output(as_json=as_json), SettingsStore(stage_of(ctx, stage)).rows()
    values = {name: row.value for name, row in rows.items()}
    table, result = [], []
    for name in RANGES:
        row, value = rows.get(name), in_force(name, values)
        is_bad = value is None
        table.append(
            (
                name,
                "bad: the last good one holds" if is_bad else shown(name, value),
                shown(name, DEFAULTS[name]),
                valid(name),
                _person(row.by) if row else "",
                _time(row.at_ms) if row else "",
            )
        )
        result.append(
            {
                "name": name, "value": value, "bad": is_bad, "set": row is not None,
                "default": DEFAULTS[name], "low": RANGES[name].low, "high": RANGES[name].high,
                "version": row and row.version, "by": row and row.by, "at_ms": row and row.at_ms,
            }
        )  # fmt: skip
    output.table(("setting", ">in force", ">default", "may be", "set by", "at"), table)
    strangers = sorted(rows.keys() - RANGES)
    for name in strangers:
        output.line(f"{name} is in the table and no setting: Lambdas ignore it")
    output.result({"settings": result, "unknown": strangers})


@app.command()
def get(
    ctx: typer.Context, name: Name, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """The value of one setting that is in force."""
    output = Output(as_json=as_json)
    store = SettingsStore(stage_of(ctx, stage))
    stored = store.values()
    value = in_force(check_name(name), stored)
    if value is None:
        raise Problem(
            f"{name} has a bad value in the table ({shown(name, stored[name])}), so the last good "
            f"one holds; mend it: calcutta config set {name} VALUE --stage {stage}"
        )
    output.line(str(value))
    output.result({"name": name, "value": value, "set": name in stored})


# A negative number is a value and no option.
@app.command("set", context_settings={"ignore_unknown_options": True})
def set_value(
    ctx: typer.Context,
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="An integer, or 30s, or $100.00.")],
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Set it, once it is known to be good; running Lambdas follow within 30 seconds."""
    wanted = value_from(check_name(name), value)
    _change(stage_of(ctx, stage), name, wanted, Output(as_json=as_json))


@app.command()
def unset(
    ctx: typer.Context, name: Name, stage: StageName = "local", as_json: AsJson = False
) -> None:
    """Go back to the default; or remove a name that is no setting."""
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    if name not in SettingsStore(here).rows():
        default = shown(check_name(name), DEFAULTS[name])
        raise Problem(f"{name} is not set: its default {default} holds; {NOTHING_WRITTEN}")
    if name in RANGES:
        _change(here, name, None, output)
    else:  # a setting of another build, or somebody's mistake
        _remove(here, name, output)


def _remove(stage: Stage, name: str, output: Output) -> None:
    by = stage.client("sts").get_caller_identity()["Arn"]
    change = SettingsStore(stage).change(name, None, by=by, at_ms=now_ms())
    output.line(f"{name}: removed (version {change.version}); it was no setting")
    output.result({"name": name, "value": None, "version": change.version})


def _change(stage: Stage, name: str, value: int | None, output: Output) -> None:
    by = stage.client("sts").get_caller_identity()["Arn"]
    store = SettingsStore(stage)
    before = in_force(name, store.values())
    change = store.change(name, value, by=by, at_ms=now_ms())
    holds = DEFAULTS[name] if value is None else value
    was = "bad" if before is None else shown(name, before)
    output.line(f"{name}: {was} → {shown(name, holds)} (version {change.version}); {IN_FORCE}")
    output.result({"name": name, "value": holds, "before": before, "version": change.version})


@app.command()
def history(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Of this setting only.")
    ] = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Every change, newest first: who, when, and what it was set to."""
    output = Output(as_json=as_json)
    changes = SettingsStore(stage_of(ctx, stage)).history(name and check_name(name))
    output.table(
        ("at", "setting", ">version", ">value", "by"),
        [
            (
                _time(it.at_ms),
                it.name,
                str(it.version),
                "unset" if it.value is None else shown(it.name, it.value),
                _person(it.by),
            )
            for it in changes
        ],
    )
    output.line(f"{len(changes)} changes")
    output.result({"changes": changes})


@app.command()
def diff(
    ctx: typer.Context,
    other: Annotated[str, typer.Option("--with", metavar="STAGE", help="The other stage.")],
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Where two stages differ in what is in force."""
    output = Output(as_json=as_json)
    here, there = (SettingsStore(stage_of(ctx, it)).values() for it in (stage, other))
    differences: list[tuple[str, Any, Any]] = [
        (name, in_force(name, here), in_force(name, there))
        for name in RANGES
        if in_force(name, here) != in_force(name, there)
    ]
    if differences:
        output.table(
            ("setting", f">{stage}", f">{other}"),
            [(name, _or_bad(name, one), _or_bad(name, two)) for name, one, two in differences],
        )
    else:
        output.line(f"{stage} and {other} are set alike")
    output.result(
        {"differences": [{"name": it[0], stage: it[1], other: it[2]} for it in differences]}
    )


def _or_bad(name: str, value: int | None) -> str:
    return "bad" if value is None else shown(name, value)


def _person(arn: str | None) -> str:
    """`assumed-role/Admin/ada` of an ARN; rows without one were written by other means."""
    return "by other means" if arn is None else arn.rpartition(":")[2]


def _time(at_ms: int | None) -> str:
    if at_ms is None:
        return ""
    return datetime.fromtimestamp(at_ms / 1_000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
