"""`calcutta settle`: who gets what, from the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calcutta.bridge import Bridge
from calcutta.files import text_of
from calcutta.options import AsJson, AuctionId, StageName, stage_of
from calcutta.output import Output
from calcutta.text import dollars
from shared.errors import ImportRefused
from shared.settlement import ImportResults, Settlement
from shared.settlement_export import csv_of, xlsx_of


def settle(
    ctx: typer.Context,
    auction_id: AuctionId,
    results: Annotated[
        Path | None,
        typer.Option(help="CSV: round,winner,winner_score,loser,loser_score; replaces all results"),
    ] = None,
    award: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PAYOUT=TEAM",
            help="Who gets a payout that is awarded by hand; replaces all awards.",
        ),
    ] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the standings to this file.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write them as a workbook.")] = None,
    stage: StageName = "local",
    as_json: AsJson = False,
) -> None:
    """Import results if there are new ones, and show what everybody gets."""
    output = Output(as_json=as_json)
    if award and results is None:
        raise typer.BadParameter("awards are imported with results: give --results too")
    bridge = Bridge(stage_of(ctx, stage))
    if results is not None:
        request = ImportResults(auction_id, text_of(results), _awards(award) if award else None)
        _import(bridge, request, output)
    settlement = bridge.settle(auction_id)
    _show(settlement, output)
    for path, exported in ((csv, csv_of), (xlsx, xlsx_of)):
        if path is not None:
            path.write_bytes(exported(settlement))
            output.line(f"written to {path}")
    output.result(settlement)


def _awards(options: list[str]) -> dict[str, str]:
    awards = {}
    for option in options:
        name, equals, team = option.partition("=")
        if not equals or not name.strip() or not team.strip():
            raise typer.BadParameter(f"{option!r} is not PAYOUT=TEAM")
        awards[name] = team
    return awards


def _import(bridge: Bridge, request: ImportResults, output: Output) -> None:
    try:
        imported = bridge.import_results(request)
    except ImportRefused as refused:
        for problem in refused.problems:
            output.line(f"{problem.file} line {problem.line}: {problem.problem}")
        output.line("nothing was imported; correct the file and run this again")
        output.result({"problems": refused.problems})
        raise typer.Exit(1) from None
    output.line(f"{imported.games} of {imported.games_in_all} games imported")


def _show(settlement: Settlement, output: Output) -> None:
    output.line(settlement.title)
    output.table(
        ("member", ">natural buy-in", ">tax", ">total buy-in", ">payout", ">net return"),
        (
            (
                it.name,
                dollars(it.natural_buy_in_cents),
                dollars(it.tax_cents),
                dollars(it.total_buy_in_cents),
                dollars(it.payout_cents),
                dollars(it.net_return_cents),
            )
            for it in settlement.standings
        ),
    )
    output.table(
        ("payout", ">results", ">paid"),
        (
            (it.rule, f"{it.decided} of {it.results}", dollars(it.paid_cents))
            for it in settlement.rules
        ),
    )
    if settlement.returned_cents:
        output.line(f"owed to nobody, returned by buy-in: {dollars(settlement.returned_cents)}")
    output.line(
        f"prize pool {dollars(settlement.prize_pool_cents)}, fee {dollars(settlement.fee_cents)}"
    )
    for sentence in settlement.pending:
        output.line(f"not final: {sentence}")
