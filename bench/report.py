"""The results as JSON, and the page and the screen that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.measuring import Benchmark, Comparison, Figure, Findings, Plan, number

ROOT = Path(__file__).parent.parent
MEASURED = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "performance.md"
PROFILES = ROOT / "bench" / "profiles.md"
"""The end of the page, which is written by hand: what was profiled, and what paid."""

HEAD = """# Performance

`make bench` runs every benchmark with its peers side by side, writes `bench/results.json`, and
this page from it; `python -m bench NAME` runs one, and leaves the others' figures as they are.

Absolute times mean little on a shared machine: what counts is the ratio within one run, ours ÷
theirs, as the median of at least five rounds in which all take turns (the least and the most
beside it), or a count. A run stops if a peer did not do the same work. The peers are written for
this comparison, under `bench/peers`, each with the settings that its documentation recommends.
"""


class Result(msgspec.Struct, frozen=True):
    """What a benchmark found, when, and how thoroughly."""

    name: str
    on_day: str
    rounds: int
    quick: bool
    seconds: float
    findings: Findings


def result_of(benchmark: Benchmark, plan: Plan, findings: Findings, seconds: float) -> Result:
    return Result(
        name=benchmark.name,
        on_day=datetime.now(UTC).date().isoformat(),
        rounds=plan.rounds,
        quick=plan.quick,
        seconds=round(seconds, 1),
        findings=_rounded(findings),
    )


def read_results(path: Path = MEASURED) -> dict[str, Result]:
    """What was measured before, by name of the benchmark."""
    if not path.exists():
        return {}
    return {it.name: it for it in msgspec.json.decode(path.read_bytes(), type=list[Result])}


def write_report(
    results: Mapping[str, Result], benchmarks: Sequence[Benchmark], folder: Path = ROOT
) -> None:
    """Write the results and the page, below `folder`."""
    known = [results[it.name] for it in benchmarks if it.name in results]
    measured = folder / MEASURED.relative_to(ROOT)
    measured.write_bytes(msgspec.json.format(msgspec.json.encode(known), indent=1) + b"\n")
    page_path = folder / PAGE.relative_to(ROOT)
    page_path.write_text(page(results, benchmarks), encoding="utf-8")


def page(results: Mapping[str, Result], benchmarks: Sequence[Benchmark]) -> str:
    """The whole of `docs/performance.md`."""
    measured = "".join(_section(it, results.get(it.name)) for it in benchmarks)
    return f"{HEAD}{measured}\n{PROFILES.read_text(encoding='utf-8')}"


def _section(benchmark: Benchmark, result: Result | None) -> str:
    parts = [f"\n## {benchmark.name}\n\n{benchmark.question}\n"]
    if result is None:
        parts.append("\nNot measured yet.\n")
    else:
        parts += [_comparisons(result.findings.comparisons), _figures(result.findings.figures)]
        few = ", with the small sizes of a quick run" if result.quick else ""
        parts.append(
            f"\nMeasured {result.on_day}, {result.rounds} rounds in {result.seconds:.0f} s{few}.\n"
        )
    parts.append(f"\n{benchmark.how}\n")
    return "".join(parts)


def _comparisons(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return ""
    rows = "".join(
        f"| {it.what} | {it.peer} | {number(it.ours)} | {number(it.theirs)} | {it.unit} "
        f"| **{number(it.ratio)}** ({number(it.lowest)} to {number(it.highest)}) "
        f"| {_goal(it)} |\n"
        for it in comparisons
    )
    head = "| what | against | ours | theirs | | ours ÷ theirs | to reach |\n"
    return f"\n{head}|---|---|--:|--:|---|---|---|\n{rows}"


def _figures(figures: Sequence[Figure]) -> str:
    if not figures:
        return ""
    rows = "".join(
        f"| {it.what} | {it.of} | {number(it.value)} | {it.unit} | {_goal(it)} |\n"
        for it in figures
    )
    return f"\n| what | of | | | to reach |\n|---|---|--:|---|---|\n{rows}"


def _goal(it: Comparison | Figure) -> str:
    if it.goal is None:
        return ""
    return f"{it.goal}: {'reached' if it.reached else '**not reached**'}"


def screen(result: Result) -> str:
    """The same for a terminal."""
    lines = [f"\n{result.name}"]
    lines += [
        f"  {_mark(it.reached)} {it.what}: {number(it.ours)} against {number(it.theirs)} "
        f"{it.unit} of {it.peer}: ratio {number(it.ratio)}{_wanted(it)}"
        for it in result.findings.comparisons
    ]
    lines += [
        f"  {_mark(it.reached)} {it.what}: {number(it.value)} {it.unit} ({it.of}){_wanted(it)}"
        for it in result.findings.figures
    ]
    return "\n".join(lines) + "\n"


def _mark(reached: bool | None) -> str:
    return {True: "✔", False: "✗", None: "·"}[reached]


def _wanted(it: Comparison | Figure) -> str:
    return "" if it.goal is None else f" ({it.goal})"


def _rounded(findings: Findings) -> Findings:
    """Five digits are more than any of these measurements knows."""

    def short(value: float) -> float:
        return float(f"{value:.5g}")

    return Findings(
        comparisons=[
            msgspec.structs.replace(
                it,
                ours=short(it.ours),
                theirs=short(it.theirs),
                ratio=short(it.ratio),
                lowest=short(it.lowest),
                highest=short(it.highest),
            )
            for it in findings.comparisons
        ],
        figures=[msgspec.structs.replace(it, value=short(it.value)) for it in findings.figures],
    )
