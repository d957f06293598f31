"""What every benchmark has in common: rounds in which all take turns, medians, goals, results.

Seconds mean little on a shared machine. So contestants take turns within each round, what is
compared is their ratio in one round, and the median over the rounds is what is reported.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")
ROUNDS = 5
OURS = "this project"


class DifferentWork(AssertionError):
    """A contestant did not do what the others did, so that no figure of theirs compares."""


class Goal(msgspec.Struct, frozen=True):
    """What a ratio or a count has to reach; one of the bounds is given."""

    at_least: float | None = None
    at_most: float | None = None

    def reached(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )

    def __str__(self) -> str:
        if self.at_least is not None:
            return f"at least {number(self.at_least)}"
        return f"at most {number(self.at_most or 0)}"


class Comparison(msgspec.Struct, frozen=True):
    """This project beside one peer: medians, and the ratio ours ÷ theirs over the rounds."""

    what: str
    unit: str
    ours: float
    peer: str
    theirs: float
    ratio: float
    lowest: float
    highest: float
    goal: Goal | None = None

    @property
    def reached(self) -> bool | None:
        return None if self.goal is None else self.goal.reached(self.ratio)


class Figure(msgspec.Struct, frozen=True):
    """A figure that stands by itself: a count, or a median that nothing is compared with."""

    what: str
    unit: str
    value: float
    of: str = OURS
    goal: Goal | None = None

    @property
    def reached(self) -> bool | None:
        return None if self.goal is None else self.goal.reached(self.value)


class Findings(msgspec.Struct, frozen=True):
    """What a run of a benchmark found."""

    comparisons: list[Comparison] = []
    figures: list[Figure] = []


class Plan(msgspec.Struct, frozen=True):
    """How thoroughly to measure."""

    rounds: int = ROUNDS
    quick: bool = False


class Benchmark(msgspec.Struct, frozen=True):
    """A benchmark: `question` and `how` are read in docs/performance.md, in Markdown."""

    name: str
    question: str
    how: str
    run: Callable[[Plan], Findings]


def in_turns(rounds: int, contestants: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """What each contestant returned in each round; they begin in another order every time."""
    found: dict[str, list[T]] = {name: [] for name in contestants}
    names = list(contestants)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(contestants[name]())
    return found


def compare(
    what: str,
    unit: str,
    measured: Mapping[str, Sequence[float]],
    goals: Mapping[str, Goal] | None = None,
) -> list[Comparison]:
    """This project, `measured[OURS]`, beside each of its peers, round by round."""
    ours = measured[OURS]
    found = []
    for peer, theirs in measured.items():
        if peer == OURS:
            continue
        ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        found.append(
            Comparison(
                what=what,
                unit=unit,
                ours=statistics.median(ours),
                peer=peer,
                theirs=statistics.median(theirs),
                ratio=statistics.median(ratios),
                lowest=min(ratios),
                highest=max(ratios),
                goal=(goals or {}).get(peer),
            )
        )
    return found


def require_equal(what: str, outcomes: Mapping[str, object]) -> None:
    """Stop if the contestants did not come to the same.

    Raises:
        DifferentWork: who came to what.
    """
    expected = next(iter(outcomes.values()))
    if any(outcome != expected for outcome in outcomes.values()):
        each = "; ".join(f"{name}: {outcome!s:.300}" for name, outcome in outcomes.items())
        raise DifferentWork(f"{what} differ: {each}")


def require(holds: bool, what: str) -> None:
    """Raises DifferentWork unless it holds."""
    if not holds:
        raise DifferentWork(what)


def number(value: float) -> str:
    """A figure with three digits that count."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def say(line: str) -> None:
    """Progress, for whoever watches."""
    sys.stderr.write(f"  {line}\n")
    sys.stderr.flush()
