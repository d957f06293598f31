"""What a client that comes back reads does not grow with the auction."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from shared.commands import GetState
from shared.events import BidPlaced, LedgerEntry
from shared.limits import MAX_STATE_EVENTS
from shared.settings import Settings
from tests.integration.websocket.world import AUCTION, frame, open_auction
from websocket_service import wiring
from websocket_service.adapters.tables import AuctionRow
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.handlers import read_state

ALL = Counter({"GetItem": 1, "Query": 5})
"""The item; title, members, lots, events and chats. A warm container knows the rules."""


@pytest.fixture
def warm(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    container = wiring.Container({})
    monkeypatch.setattr(container, "settings", Settings)
    monkeypatch.setattr(read_state, "container", lambda: container)
    open_auction()
    look(since_seq=0)
    return calls


def look(since_seq: int) -> dict[str, Any]:
    said = read_state.handler(frame(GetState(request_id="g", since_seq=since_seq), number=1), None)
    reply: dict[str, Any] = json.loads(said["body"])
    return reply


def happen(until_seq: int) -> None:
    """Bids, up to this place."""
    bids = [
        LedgerEntry(
            AUCTION,
            seq,
            BidPlaced(
                at_ms=seq, lot_id="L01", bidder=1, amount_cents=seq, minimum_cents=seq,
                extended_to_ms=0,
            ),
        )
        for seq in range(2, until_seq + 1)
    ]  # fmt: skip
    DynamoLedgerWriter().append(bids)
    AuctionRow(AUCTION).update(actions=[AuctionRow.seq.set(until_seq)])


@pytest.mark.parametrize("seq", [50, 500])
def test_who_missed_a_little_reads_as_much_early_as_late(warm: list[str], seq: int) -> None:
    happen(until_seq=seq)
    warm.clear()
    state = look(since_seq=seq - 5)
    assert (len(state["events"]), state["seq"]) == (5, seq)
    assert Counter(warm) == ALL


def test_who_missed_nothing_does_not_read_the_ledger(warm: list[str]) -> None:
    happen(until_seq=50)
    warm.clear()
    assert look(since_seq=50)["seq"] == 50
    assert Counter(warm) == ALL - Counter({"Query": 1})


def test_who_missed_everything_reads_a_page_at_a_time(warm: list[str]) -> None:
    happen(until_seq=500)
    warm.clear()
    state = look(since_seq=1)
    assert (len(state["events"]), state["complete"]) == (MAX_STATE_EVENTS, False)
    assert Counter(warm) == ALL
