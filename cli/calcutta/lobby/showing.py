"""A line, for a person to read."""

from __future__ import annotations

from datetime import UTC, datetime

from calcutta.output import Output
from shared.lobby import LineReport, Range


def show(report: LineReport, output: Output) -> None:
    """Where a line stands, and how fast it moves."""
    serving = report.serving
    output.line(f"the line of {report.auction_id} is {serving.status}")
    rows = [
        ("people may join from", _time(serving.gather_at_ms)),
        ("the doors open at", _time(serving.doors_at_ms)),
        ("seed", serving.seed or "drawn when the doors open"),
        ("early people", "-" if serving.early is None else str(serving.early)),
        ("late people", str(report.late)),
        ("had their turn", str(serving.served)),
        ("waiting", str(serving.waiting)),
        ("pace, at most a minute", str(report.pace_per_minute)),
        ("lately a minute", _range(serving.per_minute)),
        ("beyond the pace", str(report.extra)),
    ]
    output.table(("", ">"), rows)
    output.result(report)


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _range(found: Range | None) -> str:
    return "too little to tell" if found is None else f"{found.low} to {found.high}"
