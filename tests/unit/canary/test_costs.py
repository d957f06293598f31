"""The arithmetic of the README: every line, and the sum."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from canary_service.logic.schedule import PERIOD_MS, THROUGH_LOBBY_EVERY_MS
from canary_service.logic.steps import LIMITS_S
from tests.unit.architecture.sources import ROOT

TEXT = (ROOT / "services" / "canary" / "README.md").read_text(encoding="utf-8")
MONTH_MS = 30 * 24 * 60 * 60 * 1000
CHECKS = MONTH_MS // PERIOD_MS
CHECKS_IN_LINE = MONTH_MS // THROUGH_LOBBY_EVERY_MS
THE_LINE = "the line: "
"""How what only those checks use begins that come through the line."""

LINE = re.compile(
    r"^\| (?P<what>[^|*]+) \| (?P<check>[0-9.]*) ?\| (?P<month>[0-9.,]+) "
    r"\| (?P<price>[0-9.]+) / (?P<per>[0-9,]+) \| (?P<costs>[0-9.]+) \|$",
    re.MULTILINE,
)


class Line(NamedTuple):
    what: str
    a_check: float | None
    a_month: float
    price: float
    costs: float


def number(text: str) -> float:
    return float(text.replace(",", ""))


LINES = [
    Line(
        it["what"],
        number(it["check"]) if it["check"] else None,
        number(it["month"]),
        number(it["price"]) / number(it["per"]),
        number(it["costs"]),
    )
    for it in LINE.finditer(TEXT)
]


def test_every_line_of_the_table_is_read() -> None:
    table = TEXT[TEXT.index("| what | a check |") :].split("\n\n")[0]
    assert len(LINES) == len(table.splitlines()) - 3


@pytest.mark.parametrize("line", LINES, ids=lambda it: it.what)
def test_a_line_is_what_it_multiplies_to(line: Line) -> None:
    if line.a_check is not None:
        checks = CHECKS_IN_LINE if line.what.startswith(THE_LINE) else CHECKS
        assert line.a_month == pytest.approx(line.a_check * checks)
    assert line.costs == pytest.approx(line.a_month * line.price, abs=0.00005)


def test_all_lines_together_are_under_a_dollar() -> None:
    together = sum(line.costs for line in LINES)
    assert f"| **{together:.4f}** |" in TEXT
    assert together < 1


def test_the_readme_has_each_steps_time() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (\d+) \|$", TEXT, re.MULTILINE))
    assert {step: float(seconds) for step, seconds in said.items()} == LIMITS_S
