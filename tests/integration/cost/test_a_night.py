"""The model of a night counts what the real code asks for when it plays one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bench.scene.night import COMINGS, HOURS, Size
from bench.scene.night import Night as PlayedNight
from bench.scene.playing import Course
from calcutta.cost.quantities import Night, quantities, steps
from tests.fakes.aws_door import emulated_aws
from websocket_service.adapters import tables

MEMBERS, SPECTATORS, LOTS, BIDS = 5, 3, 2, 5
NIGHT = Night(MEMBERS, LOTS, HOURS, BIDS, SPECTATORS)


@pytest.fixture(scope="module")
def played() -> Iterator[Counter[str]]:
    """What the benchmark's night counts, on moto."""
    with pytest.MonkeyPatch.context() as patch, emulated_aws():
        for model in tables.MODELS.values():
            patch.setattr(model, "_connection", None)
            model.create_table(billing_mode="PAY_PER_REQUEST")
        course = Course(lots=LOTS, bids=BIDS, bidders=MEMBERS - 1)
        night = PlayedNight(Size(members=MEMBERS, spectators=SPECTATORS, course=course))
        night.play()
        yield night.counts


@pytest.fixture(scope="module")
def modelled() -> dict[str, float]:
    """The same from the model, but for the opening, which the benchmark does not play."""
    after_opening = [it for it in steps(NIGHT) if it.what != "open the auction"]
    fewer = [
        type(it)(it.what, it.times - 1, it.uses, it.source) if "event to" in it.what else it
        for it in after_opening
    ]
    return quantities(fewer)


def test_everybody_comes_as_often_as_in_the_benchmark() -> None:
    assert NIGHT.comings == NIGHT.crowd * COMINGS


def test_events_are_those_that_were_played(played: Counter[str]) -> None:
    assert NIGHT.events - 1 == played["events"]


def test_pings_are_as_many_as_clients_send_or_a_few_more(played: Counter[str]) -> None:
    assert played["pings"] <= NIGHT.pings <= 1.1 * played["pings"]


def test_writes_are_those_that_were_played(
    played: Counter[str], modelled: dict[str, float]
) -> None:
    """Those that a condition refused are billed, too."""
    assert modelled["dynamodb_writes"] == played["DynamoDB write units"]


def test_reads_are_those_that_were_played(played: Counter[str], modelled: dict[str, float]) -> None:
    """But for pings, nearly: containers list the connections and learn the rules once more."""
    ours = modelled["dynamodb_reads"] - NIGHT.pings
    assert ours == pytest.approx(played["DynamoDB read units"] - played["pings"], rel=0.1)


def test_invocations_are_those_that_were_played(
    played: Counter[str], modelled: dict[str, float]
) -> None:
    ours = modelled["lambda_requests"] - NIGHT.pings
    assert ours == played["Lambda requests"] - played["pings"]


def test_messages_are_those_that_were_played(
    played: Counter[str], modelled: dict[str, float]
) -> None:
    """So small a state is one message; the benchmark takes it for two, as that of a large night."""
    ours = modelled["websocket_messages"] - 2 * NIGHT.pings
    theirs = played["WebSocket messages"] - 2 * played["pings"]
    assert ours == theirs - NIGHT.comings
    assert modelled["connection_minutes"] == played["connection minutes"]
    assert modelled["http_requests"] == played["HTTP requests"]


def test_requests_to_the_queues_are_those_that_were_played(
    played: Counter[str], modelled: dict[str, float]
) -> None:
    assert modelled["fifo_requests"] == played["FIFO queue requests"]
    assert modelled["queue_requests"] == played["queue requests"]
