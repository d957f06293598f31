"""More of anything never costs less, and what grows evenly is counted evenly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from calcutta.cost.prices import price_table
from calcutta.cost.quantities import BID_MEMORY_GB, FAN_OUT_SLICE, Night, quantities, steps
from tests.unit.architecture.sources import ROOT
from websocket_service.logic import broadcast

NIGHT = Night(members=300, lots=68, hours=3)
nights = st.builds(
    Night,
    members=st.integers(1, 300),
    lots=st.integers(1, 68),
    hours=st.floats(0.1, 24),
    bids_per_lot=st.integers(0, 200),
    spectators=st.integers(0, 2_000),
)


def used(night: Night) -> dict[str, float]:
    return quantities(steps(night))


def times(night: Night, what: str) -> float:
    [step] = [it for it in steps(night) if it.what == what]
    return step.times


@given(nights)
def test_nothing_is_negative(night: Night) -> None:
    assert all(it >= 0 for it in used(night).values())


@given(nights, st.sampled_from(["members", "lots", "hours", "bids_per_lot", "spectators"]))
def test_a_larger_night_uses_no_less_of_anything(night: Night, what: str) -> None:
    larger = used(replace(night, **{what: getattr(night, what) + 1}))
    before = used(night)
    assert {it for it in before if larger[it] < before[it] - 1e-9} == set()


@given(nights)
def test_bids_are_counted_evenly(night: Night) -> None:
    """By fives, of which one is refused each time."""
    bids = night.bids_per_lot // 5 * 5
    none, one, two = (used(replace(night, bids_per_lot=bids + n)) for n in (0, 5, 10))
    for meter, amount in one.items():
        assert two[meter] - amount == pytest.approx(amount - none[meter], abs=1e-6)


@given(nights)
def test_every_meter_has_a_price(night: Night) -> None:
    assert used(night).keys() <= price_table().prices.keys()


def test_a_bid_is_one_write_no_read_and_one_invocation() -> None:
    [bid] = [it for it in steps(NIGHT) if it.what == "bid"]
    assert (bid.uses["dynamodb_writes"], bid.uses["dynamodb_reads"]) == (1, 0)
    assert (bid.uses["lambda_requests"], bid.uses["websocket_messages"]) == (1, 2)


def test_every_event_is_told_to_everybody() -> None:
    [told] = [it for it in steps(NIGHT) if it.what == "an event to everybody"]
    assert told.uses["websocket_messages"] == 300
    assert told.times == 68 * (16 + 2) + 2


def test_a_large_state_is_metered_as_two_messages() -> None:
    [coming] = [it for it in steps(NIGHT) if it.what.startswith("come and go")]
    assert coming.uses["websocket_messages"] == 3


@pytest.mark.parametrize(("hours", "comings"), [(0.5, 300), (1.7, 300), (1.8, 600), (3, 600)])
def test_everybody_connects_again_before_two_hours(hours: float, comings: int) -> None:
    assert (
        times(
            replace(NIGHT, hours=hours),
            "come and go: ticket, authorizer, connect, state, disconnect",
        )
        == comings
    )


def test_workers_post_only_to_a_large_crowd() -> None:
    def workers(members: int) -> float:
        night = replace(NIGHT, members=members)
        [told] = [it for it in steps(night) if it.what == "an event to everybody"]
        return told.uses["lambda_requests"]

    assert [workers(it) for it in (1, 201, 202, 300)] == [0, 0, 2, 2]


def test_the_code_has_the_slices_and_the_memory_of_the_model() -> None:
    assert broadcast.FAN_OUT_SLICE == FAN_OUT_SLICE
    template = (ROOT / "services/websocket/serverless.yml").read_text(encoding="utf-8")
    bid = template[template.index("  placeBid:") :].split("\n\n")[0]
    assert f"memorySize: {BID_MEMORY_GB * 1024:.0f}" in bid
