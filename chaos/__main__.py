"""Bring faults about and say what held: ``python -m chaos [--small] [NAME ...]``; all by default.

Prints the table and writes it to `docs/reliability.md`, where the rows of faults that were not
brought about this time stay as they were measured; ``--small`` does each with few of everything and
only prints. Exits 1 if something did not hold.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from chaos.fault import CannotRun, Fault, Outcome, say
from chaos.faults import FAULTS
from chaos.report import Row, print_table, read_rows, write_report
from tests.databases.packages import install_missing, pgbouncer_program

SMALL = "--small"


def main(arguments: list[str]) -> int:
    names, small = [it for it in arguments if it != SMALL], SMALL in arguments
    known = {fault.name: fault for fault in FAULTS}
    if unknown := set(names) - set(known):
        sys.exit(f"no such fault: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")  # the faults are meant; the table is the log
    install_missing({"pgbouncer": pgbouncer_program})
    new: list[Row] = []
    brought_about = [known[name] for name in names] if names else list(FAULTS)
    for place, fault in enumerate(brought_about, start=1):
        sys.stderr.write(f"▸ {place}/{len(brought_about)} {fault.name}: {fault.what}\n")
        new.append(row_of(fault, small=small))
        # after each, so that what was measured stays if a later one breaks
        if not small:
            write_report(read_rows() | {row.name: row for row in new})
    print_table(new)
    return 0 if all(row.held for row in new) else 1


@contextmanager
def no_output() -> Iterator[None]:
    """Nothing on standard output, where Lambdas write their metrics, also of processes that are
    started meanwhile."""
    sys.stdout.flush()
    before, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(before, 1)
        os.close(before)
        os.close(nowhere)


def row_of(fault: Fault, *, small: bool = False) -> Row:
    started = time.monotonic()
    try:
        with no_output():
            outcome = fault.in_small() if small else fault.bring_about()
    except CannotRun as missing:
        outcome = Outcome(figures=[], failures=[f"could not run: {missing}"])
    except Exception as crash:  # noqa: BLE001 - it did not hold; the others are brought about
        traceback.print_exc()
        last = str(crash).strip().splitlines() or [""]
        outcome = Outcome(
            figures=[], failures=[f"crashed: {type(crash).__name__} {last[-1][:200]}"]
        )
    for failure in outcome.failures[:20]:
        say(f"✗ {failure}")
    seconds = time.monotonic() - started
    say(f"{'held' if outcome.held else 'DID NOT HOLD'}, after {seconds:.0f} s")
    return Row(
        name=fault.name,
        held=outcome.held,
        figures=outcome.figures,
        failures=outcome.failures[:5],
        seconds=round(seconds),
        on_day=datetime.now(UTC).date().isoformat(),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
