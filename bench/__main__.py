"""Run benchmarks with their peers: ``python -m bench [NAME ...] [--rounds N] [--quick] [--json]``.

Prints what it found, and writes `bench/results.json` and `docs/performance.md`; a quick run, with
small sizes, only prints. Exits 1 if a peer did not do the same work; a goal that was not reached
is said, and is no failure.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

import msgspec

from bench.benchmarks import BENCHMARKS
from bench.measuring import ROUNDS, DifferentWork, Plan
from bench.report import Result, read_results, result_of, screen, write_report
from chaos.__main__ import no_output


def main() -> int:
    known = {it.name: it for it in BENCHMARKS}
    parser = argparse.ArgumentParser(prog="python -m bench", description="Run benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}")
    parser.add_argument("--rounds", type=int, help=f"turns of each contestant; {ROUNDS} by default")
    parser.add_argument("--quick", action="store_true", help="small sizes; nothing is written")
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    options = parser.parse_args()
    if unknown := set(options.names) - set(known):
        parser.error(
            f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(known)}"
        )
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds: at least 1")
    plan = Plan(rounds=options.rounds or (3 if options.quick else ROUNDS), quick=options.quick)
    os.environ["LOG_LEVEL"] = "CRITICAL"  # one line a bid would be measured with the bid
    new: list[Result] = []
    for name in options.names or known:
        sys.stderr.write(f"▸ {name}\n")
        started = time.monotonic()
        try:
            with no_output():
                findings = known[name].run(plan)
        except DifferentWork as difference:
            sys.stderr.write(f"  stopped: {difference}\n")
            return 1
        new.append(result_of(known[name], plan, findings, time.monotonic() - started))
        if not plan.quick:  # after each, so that what was measured stays if a later one breaks
            write_report(read_results() | {it.name: it for it in new}, BENCHMARKS)
        if not options.json:
            sys.stdout.write(screen(new[-1]))
            sys.stdout.flush()
    if options.json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(new), indent=1).decode() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
