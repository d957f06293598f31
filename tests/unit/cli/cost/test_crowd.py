"""A crowd's quantities are those of the code, and only some of them grow with it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scene.burst import burst
from calcutta.cost import crowd as model
from calcutta.cost.crowd import Crowd, steps_of
from calcutta.cost.prices import price_table
from calcutta.cost.quantities import Step, quantities
from lobby_service.adapters.queues import A_MINUTE
from lobby_service.logic.line import DEFAULT_PACE_PER_MINUTE
from lobby_service.logic.line_up import AT_ONCE
from shared.limits import MAX_ADMIT
from tests.unit.architecture.sources import SERVICES

crowds = st.builds(Crowd, people=st.integers(1, 2_000_000), minutes=st.floats(0.1, 600))


def step(crowd: Crowd, what: str) -> Step:
    [found] = [it for it in steps_of(crowd) if it.what.startswith(what)]
    return found


@given(crowds)
def test_nothing_is_negative_and_everything_has_a_price(crowd: Crowd) -> None:
    used = quantities(steps_of(crowd))
    assert all(it >= 0 for it in used.values())
    assert used.keys() <= price_table().prices.keys()


@given(crowds)
def test_no_more_come_in_than_come(crowd: Crowd) -> None:
    assert 0 <= crowd.admitted <= crowd.people


def test_what_reaches_the_origin_while_they_wait_does_not_grow_with_them() -> None:
    few, many = Crowd(1_000, 30), Crowd(1_000_000, 30)
    for what in ("the same at the origin", "a window"):
        assert step(few, what).times == step(many, what).times


def test_a_twice_as_large_crowd_asks_the_edge_about_twice_as_often() -> None:
    one, two = (step(Crowd(it, 30), "ask who is next").times for it in (1_000_000, 2_000_000))
    assert two / one == pytest.approx(2, rel=0.02)


def test_each_asks_for_their_number_as_often_as_the_pages_of_a_burst() -> None:
    asked = burst(1_000_000, 9_800, random.Random(1))
    assert asked.each <= model.LOOKS


def test_the_model_has_the_sizes_of_the_code() -> None:
    assert model.NUMBERED_AT_ONCE == AT_ONCE
    assert model.ADMITTED_AT_ONCE == MAX_ADMIT
    assert model.PACE_PER_MINUTE == DEFAULT_PACE_PER_MINUTE
    assert len(A_MINUTE) == model.WINDOWS_A_MINUTE
    template = (SERVICES["lobby"] / "serverless.yml").read_text(encoding="utf-8")
    assert f"batchSize: {model.RECORDS_AT_ONCE}" in template
    assert "rate(1 minute)" in template
