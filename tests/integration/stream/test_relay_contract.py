"""The relay behind a strict poller with the template's settings: no loss, no blocked shard."""

from collections.abc import Sequence
from typing import Any

import pytest

from shared.events import LedgerEntry
from tests.fakes.catalogue import MemoryLedger
from tests.fakes.clock import Clock
from tests.fakes.queues import MemoryOutbox
from tests.integration.stream.poller import Mapping, Poller
from tests.integration.stream.records import (
    AUCTION,
    of_a_count,
    of_a_removal,
    of_garbage,
    of_unknown_type,
    record,
    without_event,
)
from tests.integration.stream.template import stream_of
from websocket_service.handlers import relay_events
from websocket_service.logic.ports import Traces


@pytest.fixture(scope="module")
def stream() -> dict[str, Any]:
    """The relay's event in the template."""
    return stream_of("relayEvents")


class Outage(MemoryOutbox):
    """A queue that fails for its next `calls`, some of them after it took the messages."""

    def __init__(self, calls: int = 0, *, takes: bool = False) -> None:
        super().__init__()
        self.calls, self._takes = calls, takes

    def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None:
        if self.calls:
            self.calls -= 1
            if self._takes:
                super().to_database(entries, traces)
            raise ConnectionError("SQS is away")
        super().to_database(entries, traces)


class World:
    """What stands behind the relay."""

    def __init__(self, outbox: Outage) -> None:
        self.ledger_writer, self.outbox, self.now_ms = MemoryLedger(), outbox, Clock()

    def seqs_in_ledger(self) -> list[int]:
        return [it.seq for it in self.ledger_writer.events(AUCTION, 0, 10_000)]

    def seqs_queued(self) -> list[int]:
        """As the queue hands them on: a message that it was sent twice is one."""
        return list(dict.fromkeys(it.seq for it in self.outbox.queued))


def relayed(
    stream: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    shard: Sequence[dict[str, Any]],
    outbox: Outage | None = None,
    **changes: int,
) -> tuple[World, Poller]:
    world = World(outbox or Outage())
    monkeypatch.setattr(relay_events, "container", lambda: world)
    poller = Poller(Mapping.of_template(stream | changes), relay_events.handler)
    poller.run(shard)
    return world, poller


def test_the_template_says_all_that_the_contract_depends_on(stream: dict[str, Any]) -> None:
    assert Mapping.of_template(stream) == Mapping(
        batch_size=100,
        maximum_retry_attempts=-1,
        maximum_record_age_s=82_800,
        bisect=True,
        report_batch_item_failures=True,
    )
    assert stream["destinations"]["onFailure"]["type"] == "sqs"
    assert stream["startingPosition"] == "TRIM_HORIZON"
    assert stream["parallelizationFactor"] == 1


def test_every_event_is_in_the_ledger_and_queued_once_and_in_order(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, poller = relayed(stream, monkeypatch, [record(seq) for seq in range(1, 251)])
    assert world.seqs_in_ledger() == [it.seq for it in world.outbox.queued] == [*range(1, 251)]
    assert len(poller.batches) == 3


def test_a_batch_of_a_thousand_is_relayed_at_once(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = [record(seq) for seq in range(1, 1_001)]
    world, poller = relayed(stream, monkeypatch, shard, batchSize=1_000)
    assert len(poller.batches) == 1
    assert world.seqs_queued() == world.seqs_in_ledger() == [*range(1, 1_001)]


@pytest.mark.parametrize("spoiled", [without_event, of_unknown_type, of_garbage])
def test_a_record_that_cannot_be_read_is_set_aside_and_blocks_nothing(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch, spoiled: Any
) -> None:
    shard = [record(seq) for seq in range(1, 21)]
    shard[6] = spoiled(7)
    world, poller = relayed(stream, monkeypatch, shard)
    assert world.seqs_queued() == [it for it in range(1, 21) if it != 7]
    [aside] = world.outbox.set_aside
    assert (aside.source, aside.auction_id, aside.seq) == ("relay", AUCTION, 7)
    assert "100007" in aside.origin
    assert (len(poller.batches), poller.discarded) == (1, [])


def test_the_same_record_is_set_aside_under_the_same_name(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = [without_event(1), *(record(seq) for seq in range(2, 31))]
    world, _ = relayed(stream, monkeypatch, [*shard, *shard])
    assert len({it.quarantine_id for it in world.outbox.set_aside}) == 1


@pytest.mark.parametrize("takes", [False, True], ids=["refuses", "takes and does not answer"])
@pytest.mark.parametrize("calls", [1, 7, 60])
def test_an_outage_of_the_queue_loses_nothing(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch, calls: int, takes: bool
) -> None:
    shard = [record(seq) for seq in range(1, 151)]
    world, poller = relayed(stream, monkeypatch, shard, Outage(calls, takes=takes))
    assert world.seqs_queued() == world.seqs_in_ledger() == [*range(1, 151)]
    assert poller.discarded == []


def test_after_an_outage_only_what_was_not_relayed_comes_again(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class FailsOnce(Outage):
        def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None:
            self.calls = 1 if entries[0].seq == 51 and not self.failed else 0
            self.failed = self.failed or bool(self.calls)
            super().to_database(entries, traces)

        failed = False

    world, _ = relayed(stream, monkeypatch, [record(seq) for seq in range(1, 101)], FailsOnce())
    assert [it.seq for it in world.outbox.queued] == [*range(1, 101)]


def test_an_outage_beyond_the_age_of_records_leaves_their_places(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    shard = [record(seq) for seq in range(1, 11)]
    world, poller = relayed(stream, monkeypatch, shard, Outage(10**6), maximumRecordAgeInSeconds=60)
    lost = sum(it["DDBStreamBatchInfo"]["batchSize"] for it in poller.discarded)
    assert (lost, world.outbox.queued) == (10, [])


def test_what_holds_no_event_is_passed_over(
    stream: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _ = relayed(stream, monkeypatch, [record(1), of_a_count(1), of_a_removal(2)])
    assert (world.seqs_queued(), world.outbox.set_aside) == ([1], [])
