"""`calcutta league`: make a league from two files."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Annotated

import typer

from calcutta.bridge import Bridge
from calcutta.files import text_of
from calcutta.options import AsJson, StageName, as_option, stage_of
from calcutta.output import Output
from calcutta.settle_rules import read_rules
from calcutta.text import cents, duration_ms
from calcutta.users import Users
from shared.auction import LeagueRules
from shared.bridge import ImportLeague, ImportPreview, LeagueFiles, PreviewImport
from shared.settlement import SettlementRules

app = typer.Typer(no_args_is_help=True, help="Make leagues.")


@app.callback()
def league() -> None:
    """Make leagues."""


@app.command()
def create(
    ctx: typer.Context,
    teams: Annotated[Path, typer.Option(help="CSV: region,seed,team,play_in")],
    members: Annotated[Path, typer.Option(help="CSV: name,email,role and optionally budget")],
    name: Annotated[str, typer.Option(help="The league's name.")] = "Calcutta",
    tournament: Annotated[str, typer.Option(help="The tournament's name.")] = "Tournament",
    bundle_seed: Annotated[
        list[int] | None, typer.Option(help="Sell the slots of this seed as one lot.")
    ] = None,
    clock: Annotated[
        int | None,
        typer.Option(parser=as_option(duration_ms), metavar="15s", help="A lot's clock."),
    ] = None,
    extension: Annotated[
        int | None,
        typer.Option(parser=as_option(duration_ms), metavar="10s", help="What a late bid adds."),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(parser=as_option(cents), metavar="500.00", help="Each member's, in dollars."),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="TOML or JSON: fee, tax and payouts; see docs/settlement.md")
    ] = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Import teams and members, and make the league's auction. All or nothing."""
    settlement = read_rules(rules) if rules else SettlementRules()
    files = LeagueFiles(
        teams_csv=text_of(teams),
        members_csv=text_of(members),
        bundled_seeds=tuple(bundle_seed or ()),
    )
    here, output = stage_of(ctx, stage), Output(as_json=as_json)
    bridge = Bridge(here)
    terms = LeagueRules(clock_ms=clock, extension_ms=extension, budget_cents=budget)
    preview = bridge.preview_import(
        PreviewImport(files, settlement, league_name=name, tournament_name=tournament, rules=terms)
    )
    if preview.problems:
        _show_problems(preview, output)
        raise typer.Exit(1)
    users = Users(here)
    emails = {member.email.lower() for member in preview.members}
    imported = bridge.import_league(
        ImportLeague(
            import_id=uuid.uuid4().hex,
            league_name=name,
            tournament_name=tournament,
            files=files,
            user_ids={email: users.ensure(email) for email in sorted(emails)},
            rules=terms,
            settlement=settlement,
        )
    )
    output.line(f"league_id   {imported.league_id}")
    output.line(f"auction_id  {imported.auction_id}")
    output.line(f"{imported.lots} lots, {imported.members} members")
    output.line(f"next: calcutta auction open {imported.auction_id} --stage {stage}")
    output.result(imported)


def _show_problems(preview: ImportPreview, output: Output) -> None:
    for problem in preview.problems:
        output.line(f"{problem.file} line {problem.line}: {problem.problem}")
    output.line("nothing was imported; correct the files and run this again")
    output.result({"problems": preview.problems})
