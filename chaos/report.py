"""The table: on the screen, and in `docs/reliability.md`.

What was measured is kept beside it as JSON, so that one fault can be measured again by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from chaos.faults import FAULTS

DOCS = Path(__file__).parent.parent / "docs"
PAGE, MEASURED = DOCS / "reliability.md", DOCS / "reliability.json"

HEAD = """# Reliability

Faults that were brought about on purpose, and what held. `make chaos` brings all of them about,
prints this table and writes this page; `python -m chaos NAME` does one. The figures are the last
run's, on one small machine that did other work besides: measure yours.

| fault | must hold | held | figures |
|---|---|---|---|
"""


CAVEATS = """\
## What the figures do not say

* **A write gap of ten seconds is not reproduced.** The published RDS Proxy experiment (10 to 12
  s without a proxy, at most 1 s with) is about a failover: the standby takes over, and clients
  find it once its name resolves anew. Here a server is killed and started again at the same
  address, and is back in a tenth of a second. So the two rows compare what the bridge and a
  pooling proxy do with lost connections, not what a failover takes; the proxy's row is no
  shorter by itself. What carries over is that nothing is lost or doubled, and that writers go on
  as soon as the server does.
* **No network and no disk fails.** Everything is on one machine, and the servers do not wait for
  their disks: a killed process keeps what it has committed, a machine without power might not.
* **The emulator stands in for AWS** where a row says so. It repeats failed batches its own way; the
  contract of streams is tested against a strict poller (`tests/integration/stream`) instead.
* **Times are those of this machine** under load, cold starts of the emulator's workers among them.
"""

HOW = """\
## How each was measured

| command | on | when |
|---|---|---|
"""


class Row(msgspec.Struct, frozen=True):
    """What one fault came to, on one day."""

    name: str
    held: bool
    figures: list[str]
    failures: list[str]
    seconds: int
    on_day: str


def read_rows() -> dict[str, Row]:
    """What was measured before, by name of the fault."""
    if not MEASURED.exists():
        return {}
    return {row.name: row for row in msgspec.json.decode(MEASURED.read_bytes(), type=list[Row])}


def write_report(rows: Mapping[str, Row]) -> None:
    known = [rows[fault.name] for fault in FAULTS if fault.name in rows]
    MEASURED.write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=1) + b"\n")
    PAGE.write_text(page(rows), encoding="utf-8")


def page(rows: Mapping[str, Row]) -> str:
    """The whole of `docs/reliability.md`."""
    table = "".join(
        f"| {fault.what} | {fault.must_hold} | {_verdict(rows.get(fault.name))} "
        f"| {_cell(rows.get(fault.name))} |\n"
        for fault in FAULTS
    )
    how = "".join(
        f"| `python -m chaos {fault.name}` | {fault.on} | {_when(rows.get(fault.name))} |\n"
        for fault in FAULTS
    )
    return f"{HEAD}{table}\n{CAVEATS}\n{HOW}{how}"


def print_table(rows: Sequence[Row]) -> None:
    by_name = {fault.name: fault for fault in FAULTS}
    for row in rows:
        fault = by_name[row.name]
        sys.stdout.write(f"\n{_verdict(row):<12} {fault.what}\n             {fault.must_hold}\n")
        for figure in [*row.figures, *(f"✗ {failure}" for failure in row.failures)]:
            sys.stdout.write(f"             · {figure}\n")


def _verdict(row: Row | None) -> str:
    if row is None:
        return "not measured"
    return "yes" if row.held else "**no**"


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    return "<br>".join([*row.figures, *(f"**{failure}**" for failure in row.failures)])


def _when(row: Row | None) -> str:
    return "" if row is None else f"{row.on_day}, in {row.seconds} s"
