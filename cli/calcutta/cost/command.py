"""`calcutta cost`: what an auction night costs, item by item."""

from __future__ import annotations

from typing import Annotated

import typer

from calcutta.cost.prices import price_table
from calcutta.cost.pricing import costs
from calcutta.cost.quantities import Night
from calcutta.cost.report import COLUMNS, markdown, rows, size, summary
from calcutta.options import AsJson
from calcutta.output import Output
from shared.limits import MAX_LOTS, MAX_MEMBERS


def cost(
    members: Annotated[int, typer.Option(min=1, max=MAX_MEMBERS, help="Who takes part.")],
    lots: Annotated[int, typer.Option(min=1, max=MAX_LOTS, help="Lots that are sold.")],
    hours: Annotated[float, typer.Option(min=0.1, max=24, help="How long it takes.")],
    bids_per_lot: Annotated[int, typer.Option(min=0, max=10_000, help="Bids on each lot.")] = 20,
    spectators: Annotated[int, typer.Option(min=0, max=100_000, help="Who only watches.")] = 0,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Write docs/cost.md.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what an auction night costs, and a month; nothing is asked of AWS."""
    night = Night(members, lots, hours, bids_per_lot, spectators)
    table = price_table()
    bills = costs(night, table.prices)
    if as_markdown:
        typer.echo(markdown(night, bills, table), nl=False)
        return
    output = Output(as_json=as_json)
    output.line(f"{size(night)}; dollars, {table.region}, list prices of {table.as_of}")
    for title, bill in (
        ("AN AUCTION NIGHT", bills.night),
        ("A MONTH WITHOUT AN AUCTION", bills.month),
    ):
        output.line("")
        output.line(title)
        output.table(COLUMNS, rows(bill))
    output.line("")
    output.table(("", ">this design", ">with a NAT gateway", ">more"), summary(bills))
    output.line("Without free tiers. * could not be confirmed: see docs/cost.md")
    output.result({"region": table.region, "as_of": table.as_of, "night": night, "costs": bills})
