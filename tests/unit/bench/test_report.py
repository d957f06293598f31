"""The page and the results behind it."""

from pathlib import Path

from msgspec.structs import replace

from bench.benchmarks import BENCHMARKS
from bench.measuring import (
    OURS,
    Benchmark,
    Comparison,
    Figure,
    Findings,
    Goal,
    Plan,
    compare,
)
from bench.report import PAGE, page, read_results, result_of, screen, write_report


def nothing(plan: Plan) -> Findings:
    raise AssertionError("it is not run here")


IT = Benchmark(name="it", question="How much?", how="By counting.", run=nothing)
COMPARED = compare("posts", "µs", {OURS: [1.0], "peer": [4.0]}, {"peer": Goal(at_most=0.25)})
FIGURE = Figure("writes", "", 2, goal=Goal(at_most=1))
RESULT = result_of(IT, Plan(), Findings([*COMPARED], [FIGURE]), seconds=61.4)


def test_the_page_is_what_the_results_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(read_results(), BENCHMARKS)


def test_every_benchmark_has_a_name_and_says_what_it_asks_and_how() -> None:
    assert len({it.name for it in BENCHMARKS}) == len(BENCHMARKS)
    assert all(it.question and it.how for it in BENCHMARKS)


def test_a_goal_that_was_not_reached_is_said() -> None:
    text = page({"it": RESULT}, [IT])
    assert "| posts | peer | 1 | 4 | µs | **0.25** (0.25 to 0.25) | at most 0.25: reached |" in text
    assert f"| writes | {OURS} | 2 |  | at most 1: **not reached** |" in text
    assert "✗ writes: 2" in screen(RESULT)


def test_a_quick_run_is_named_as_one() -> None:
    assert "small sizes" not in page({"it": RESULT}, [IT])
    assert "small sizes" in page({"it": replace(RESULT, quick=True)}, [IT])


def test_what_was_not_measured_is_said() -> None:
    assert "Not measured yet." in page({}, [IT])


def test_results_come_back_from_their_file(tmp_path: Path) -> None:
    for folder in ("bench", "docs"):
        (tmp_path / folder).mkdir()
    write_report({"it": RESULT}, [IT], tmp_path)
    assert read_results(tmp_path / "bench" / "results.json") == {"it": RESULT}
    assert (tmp_path / "docs" / "performance.md").read_text("utf-8") == page({"it": RESULT}, [IT])


def test_figures_are_kept_with_five_digits() -> None:
    long = Comparison("x", "s", 1.23456789, "peer", 2.0, 0.617283945, 0.5, 0.7)
    [kept] = result_of(IT, Plan(), Findings([long]), 0).findings.comparisons
    assert (kept.ours, kept.ratio) == (1.2346, 0.61728)
