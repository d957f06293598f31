"""The benchmark's pages ask as the real ones do."""

from __future__ import annotations

import random
import re

import pytest

from bench.lobby import THROTTLE
from bench.scene import burst as model
from bench.scene.burst import Page, Served, burst, number_in_ms, pause_ms
from tests.unit.architecture.sources import SERVICES

NAMES = (
    "SHORTEST_MS", "SPREAD_MS", "NEW_SPREAD_MS", "NEAR_MS", "SLOWEST", "ASKED_PER_S", "LOST_MS"
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_model_has_the_page_s_sizes(name: str) -> None:
    source = (SERVICES["web"] / "src/line/pace.ts").read_text(encoding="utf-8")
    [value] = re.findall(rf"^(?:export )?const {name} = ([\d_]+);$", source, re.M)
    assert getattr(model, name) == int(value)


def served(now_ms: float = 12_000, **what: float) -> Served:
    return Served(**{"now_ms": now_ms, "waiting": 250_000, "numbered_until_ms": 10_000} | what)


def test_a_page_asks_for_its_number_when_the_real_one_does() -> None:
    """The same as in services/web/tests/line/pace.test.ts."""
    page, missed = Page(10_000, 0.5), Page(10_000, 0.5, missed_at_ms=12_000)
    assert number_in_ms(page, served(waiting=5)) == 0
    assert number_in_ms(page, served()) == 48_000
    assert number_in_ms(page, served(now_ms=60_000)) == 0
    assert number_in_ms(missed, served()) == 150_000
    assert number_in_ms(page, served(now_ms=609_999, numbered_until_ms=0)) == 1


def test_a_page_that_is_not_counted_looks_when_the_real_one_does() -> None:
    page = Page(1, 0.5)
    looks = [1, 6_001, 30_001, 90_001]
    pauses = [pause_ms(page, served(now_ms=it, numbered_until_ms=0), 1.0) for it in looks]
    assert pauses == [3_000, 5_000, 12_500, 25_000]


@pytest.mark.parametrize("people", [1_000, 100_000, 1_000_000])
def test_the_origin_is_asked_at_a_pace_that_does_not_grow_with_the_crowd(people: int) -> None:
    asked = burst(people, 9_800, random.Random(1))
    assert asked.most_a_second < 1.4 * model.ASKED_PER_S
    assert asked.each == pytest.approx(1, rel=0.02)


def test_the_goal_is_what_the_stage_of_the_api_takes() -> None:
    template = (SERVICES["lobby"] / "resources.yml").read_text(encoding="utf-8")
    assert f"ThrottlingRateLimit: {THROTTLE.at_most}" in template
    assert THROTTLE.at_most == 2 * model.ASKED_PER_S
