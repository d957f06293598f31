"""The bills for people: rows of tables, and the document docs/cost.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from calcutta.cost.crowd import Crowd, steps_of
from calcutta.cost.prices import PriceTable
from calcutta.cost.pricing import Bill, Costs, crowd_bill
from calcutta.cost.quantities import Night, steps

COLUMNS = ("item", ">quantity", ">dollars")

FREE = """\
**Without free tiers**, most of which never end (10,000 users of Cognito, 10 alarms and 3
dashboards, a million requests of Lambda and of SQS, 100,000 traces): a small account pays less.
A star marks a price that could not be confirmed."""

MONTH = """\
A promoted stage: a database of its own (which other systems may share), alarms, dashboard, the
canary's checks, a look each minute for notices that wait and whether somebody waits in a line, and
Lambda's polls of three queues in which nothing is. A developer's own stage has neither alarms nor
dashboard."""

CROWD = Crowd(people=1_000_000, minutes=30)
BEFORE_THE_DOORS = """\
What a public auction's line costs beside the night: a million people come, and wait for 30 minutes.
At the default pace 36,000 of them come in. Nearly all of it is Cognito's price of a user who signs
in at least once in a month; most of the rest is their asking who is next, which the edge answers.
What reaches the origin while they wait does not depend on how many they are."""

NAT = """\
The design that was turned down: every Lambda in the VPC, so that sockets and queues are reached
through a gateway. It takes the place of the interface endpoint. This is one zone: a gateway in
a second one costs as much again. DynamoDB is reached by its free endpoint in both."""

COUNTED = """\
Each line is something that happens, how often, and what it uses each time. Calls, units,
messages and requests are those of the code: a test plays a night and compares. Milliseconds of
Lambda, log lines and what goes through a gateway are assumptions, named in
`cli/calcutta/cost/quantities.py`."""

LEFT_OUT = """\
Left out, being cents at most or nobody's to know: storage and backups of the tables, the page's
files, cold starts, chat, maxima, containers that list the connections anew, importing and
settling, deploys, and credits of the database's processor."""


def number(quantity: float) -> str:
    """Whole from a hundred on; small ones as exact as they are."""
    return f"{quantity:,.0f}" if quantity >= 100 else f"{quantity:,.4g}"


def rows(bill: Bill) -> list[tuple[str, str, str]]:
    """The items and their sum; a price that nothing confirmed is marked with a star."""
    items = [
        (it.what + ("" if it.confirmed else " *"), number(it.quantity), f"{it.dollars:.4f}")
        for it in bill.lines
    ]
    return [*items, ("together", "", f"{bill.dollars:.4f}")]


def summary(costs: Costs) -> list[tuple[str, str, str, str]]:
    """Each bill in this design and in the one with a NAT gateway."""
    night, month = costs.night.dollars, costs.month.dollars
    night_nat, month_nat = costs.night_with_nat.dollars, costs.month_with_nat.dollars
    compared = (
        ("an auction night", night, night_nat),
        ("a month without one", month, month_nat),
        ("a month with one", month + night, month_nat + night_nat),
    )
    return [
        (what, f"{ours:.2f}", f"{nat:.2f}", f"{nat - ours:.2f}") for what, ours, nat in compared
    ]


def size(night: Night) -> str:
    return (
        f"{night.members} members, {night.spectators} spectators, {night.lots} lots, "
        f"{night.bids_per_lot} bids a lot, {night.hours:g} hours"
    )


def markdown(night: Night, costs: Costs, table: PriceTable) -> str:
    """docs/cost.md."""
    command = (
        f"calcutta cost --members {night.members} --lots {night.lots} --hours {night.hours:g} "
        "--markdown > docs/cost.md"
    )
    nat = [
        it for it in (*rows(costs.night_with_nat), *rows(costs.month_with_nat)) if "NAT" in it[0]
    ]
    uses = [(it.what, number(it.times), _uses(it.uses), it.source) for it in steps(night)]
    crowd = crowd_bill(CROWD, table.prices)
    crowds = [(it.what, number(it.times), _uses(it.uses), it.source) for it in steps_of(CROWD)]
    sources = [
        (it.name, f"{it.dollars:g} / {it.per:,}", it.unit, it.page, "yes" if it.confirmed else "no")
        for it in table.prices.values()
    ]
    parts = (
        "# What it costs",
        f"Written by `{command}`.",
        f"In dollars, {table.region}, on demand, list prices of {table.as_of}.",
        FREE,
        f"For {size(night)}:",
        _table(("", ">this design", ">with a NAT gateway", ">more"), summary(costs)),
        "## An auction night",
        _table(COLUMNS, rows(costs.night)),
        "## A month without an auction",
        MONTH,
        _table(COLUMNS, rows(costs.month)),
        "## A million people before the doors",
        BEFORE_THE_DOORS,
        _table(COLUMNS, rows(crowd)),
        "## With a NAT gateway",
        NAT,
        _table(COLUMNS, nat),
        "## What is counted",
        COUNTED,
        _table(("what", ">times", "each", "where"), uses),
        "Of the crowd before the doors:",
        _table(("what", ">times", "each", "where"), crowds),
        LEFT_OUT,
        "## Prices",
        _table(("what", ">dollars", "for each", "page", "confirmed"), sources),
    )
    return "\n\n".join(parts) + "\n"


def _uses(uses: Mapping[str, float]) -> str:
    return ", ".join(f"{meter} {number(it)}" for meter, it in uses.items() if it)


def _table(columns: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    head = [it.removeprefix(">") for it in columns]
    rule = ["---:" if it.startswith(">") else "---" for it in columns]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *body))
