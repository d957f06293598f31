import json
from collections.abc import Sequence

import pytest

from shared import events
from shared.events import AnyEvent, LedgerEntry
from shared.quarantine import SetAside
from tests.fakes.builders import AUCTION, NOW_MS
from tests.fakes.catalogue import MemoryLedger
from tests.fakes.clock import Clock
from tests.fakes.log_lines import logged
from tests.fakes.queues import HammerLeft, MemoryOutbox
from websocket_service.logic.ports import Traces
from websocket_service.logic.relay import RelayStopped, StreamRecord, deadline_of, relay

OPENED = events.LotOpened(
    at_ms=1, lot_id="L1", minimum_cents=1, deadline_ms=NOW_MS + 5, rules_version=1
)
BID = events.BidPlaced(
    at_ms=1, lot_id="L1", bidder=2, amount_cents=1, minimum_cents=2, extended_to_ms=NOW_MS + 9
)
SOLD = events.LotSold(at_ms=1, lot_id="L1", owner=2, price_cents=1)
ENTRIES = [
    LedgerEntry(AUCTION, 2, OPENED),
    LedgerEntry(AUCTION, 3, BID),
    LedgerEntry(AUCTION, 4, SOLD),
]
UNREADABLE = SetAside(source="relay", origin="stream", reason="no event", payload="{}")


class Belt:
    """Ledger and queues behind the relay."""

    def __init__(self) -> None:
        self.ledger, self.outbox, self.clock = MemoryLedger(), MemoryOutbox(), Clock()

    def carry(self, found: Sequence[LedgerEntry | SetAside | None]) -> None:
        records = [StreamRecord(f"{place}00", it) for place, it in enumerate(found)]
        relay(records, ledger=self.ledger, outbox=self.outbox, now_ms=self.clock)


def test_every_event_goes_to_the_ledger_and_to_the_database_in_order() -> None:
    belt = Belt()
    belt.carry(ENTRIES)
    assert belt.ledger.events(AUCTION, 0, 10) == ENTRIES
    assert belt.outbox.queued == ENTRIES


def test_the_latest_deadline_of_each_lot_leaves_a_hammer() -> None:
    belt = Belt()
    other = events.ClockReset(at_ms=1, lot_id="L2", deadline_ms=NOW_MS + 7)
    belt.carry([*ENTRIES, LedgerEntry(AUCTION, 5, other)])
    assert belt.outbox.hammers == [
        HammerLeft(AUCTION, "L1", NOW_MS + 9, NOW_MS),
        HammerLeft(AUCTION, "L2", NOW_MS + 7, NOW_MS),
    ]


def test_what_cannot_be_read_is_set_aside_and_what_follows_goes_on() -> None:
    belt = Belt()
    belt.carry([ENTRIES[0], UNREADABLE, None, ENTRIES[1]])
    assert belt.outbox.set_aside == [UNREADABLE]
    assert belt.outbox.queued == ENTRIES[:2]


def test_a_thousand_records_are_relayed_in_order() -> None:
    belt = Belt()
    many = [LedgerEntry(AUCTION, seq, SOLD) for seq in range(1, 1_001)]
    belt.carry(many)
    assert belt.outbox.queued == many
    assert belt.ledger.events(AUCTION, 0, 2_000) == many


def test_a_failure_names_the_record_from_which_to_come_again() -> None:
    class FullOutbox(MemoryOutbox):
        def to_database(self, entries: Sequence[LedgerEntry], traces: Traces) -> None:
            if self.queued:
                raise ConnectionError("no queue")
            super().to_database(entries, traces)

    belt = Belt()
    belt.outbox = FullOutbox()
    with pytest.raises(RelayStopped) as stopped:
        belt.carry([LedgerEntry(AUCTION, seq, SOLD) for seq in range(1, 31)])
    assert stopped.value.sequence_number == "1000"
    assert [it.seq for it in belt.outbox.queued] == list(range(1, 11))
    assert isinstance(stopped.value.__cause__, ConnectionError)


def test_the_same_batch_again_leaves_the_ledger_as_it_is() -> None:
    belt = Belt()
    belt.carry(ENTRIES)
    belt.carry(ENTRIES)
    assert belt.ledger.events(AUCTION, 0, 10) == ENTRIES


def test_what_fails_before_the_queue_is_in_the_ledger_when_it_comes_again() -> None:
    class FullOutbox(MemoryOutbox):
        def to_database(self, entries: object, traces: object) -> None:
            raise ConnectionError("no queue")

    belt = Belt()
    belt.outbox = FullOutbox()
    with pytest.raises(RelayStopped):
        belt.carry(ENTRIES)
    belt.outbox = MemoryOutbox()
    belt.carry(ENTRIES)
    assert belt.outbox.queued == ENTRIES
    assert belt.ledger.events(AUCTION, 0, 10) == ENTRIES


@pytest.mark.parametrize(
    ("event", "deadline_ms"),
    [
        (OPENED, NOW_MS + 5),
        (BID, NOW_MS + 9),
        (
            events.BidUndone(
                at_ms=1,
                lot_id="L1",
                bidder=2,
                amount_cents=1,
                minimum_cents=1,
                extended_to_ms=77,
            ),
            77,
        ),
        (events.ClockReset(at_ms=1, lot_id="L1", deadline_ms=78), 78),
        (events.Resumed(at_ms=1, lot_id="L1", deadline_ms=79), 79),
    ],
)
def test_an_event_that_sets_a_deadline_says_which(event: AnyEvent, deadline_ms: int) -> None:
    assert deadline_of(event) == ("L1", deadline_ms)


@pytest.mark.parametrize(
    "event",
    [
        SOLD,
        events.LotPassed(at_ms=1, lot_id="L1"),
        events.LotReset(at_ms=1, lot_id="L1"),
        events.Paused(at_ms=1, lot_id="L1", remaining_ms=1),
        events.AuctionOpened(at_ms=1, rules_version=1),
        events.AuctionClosed(at_ms=1),
        events.AuctionReopened(at_ms=1),
    ],
)
def test_an_event_that_sets_no_deadline_leaves_no_hammer(event: AnyEvent) -> None:
    assert deadline_of(event) is None


def test_the_trace_of_an_event_goes_with_it_to_the_database() -> None:
    belt = Belt()
    records = [StreamRecord("1", ENTRIES[0], "Root=1;Sampled=1"), StreamRecord("2", ENTRIES[1])]
    relay(records, ledger=belt.ledger, outbox=belt.outbox, now_ms=belt.clock)
    assert belt.outbox.traces == {(AUCTION, 2): "Root=1;Sampled=1"}


def test_each_event_that_was_relayed_is_logged_with_its_request() -> None:
    with logged() as lines:
        Belt().carry([ENTRIES[0], None, UNREADABLE, ENTRIES[1]])
    said = [json.loads(it) for it in lines]
    assert [(it["message"], it["seq"], it["type"]) for it in said] == [
        ("relayed", 2, "lot_opened"),
        ("relayed", 3, "bid_placed"),
    ]
    assert all("request_id" in it for it in said)
