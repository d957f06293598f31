"""A bid costs one DynamoDB write, and the item it writes to stays small."""

from __future__ import annotations

import base64
import json
from collections import Counter
from typing import Any

import pytest

from shared.commands import NextLot, PlaceBid, UndoBid
from shared.events import LedgerEntry
from shared.limits import MAX_LOTS, MAX_MEMBERS, REPLAY_WINDOW
from shared.settings import Settings
from tests.integration.websocket.world import AUCTION, frame, live, open_auction
from websocket_service import wiring
from websocket_service.adapters.auctions import DynamoAuctions
from websocket_service.adapters.tables import AuctionRow
from websocket_service.adapters.traces import LENGTH
from websocket_service.adapters.writes import DynamoLedgerWriter
from websocket_service.handlers import place_bid, run_command
from websocket_service.logic.ports import Connection
from websocket_service.logic.state import HighBid


@pytest.fixture
def warm(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A warm bid function, a lot up and three connections; yields the calls made from then on."""
    container = wiring.Container(
        {"SOCKETS_ENDPOINT": "https://a.execute-api.us-east-1.amazonaws.com/local"}
    )
    monkeypatch.setattr(container, "settings", Settings)
    for handler in (place_bid, run_command):
        monkeypatch.setattr(handler, "container", lambda: container)

    def post(*_: object) -> list[str]:
        calls.append("Post")
        return []

    monkeypatch.setattr(type(container.sockets), "post", post)
    open_auction()
    for n in (1, 2, 3):
        container.connections.add(
            AUCTION, Connection(f"c{n}", n, f"Member {n}", "bidder", f"user-{n}")
        )
        container.auctions.count_connection(AUCTION)
    run_command.handler(frame(NextLot(request_id="next", lot_id="L01"), number=0), None)
    bid("first", 1_00)
    calls.clear()
    return calls


def bid(request_id: str, amount_cents: int, **sender: Any) -> dict[str, Any]:
    command = PlaceBid(request_id=request_id, lot_id="L01", amount_cents=amount_cents)
    reply: dict[str, Any] = json.loads(place_bid.handler(frame(command, **sender), None)["body"])
    return reply


def test_an_accepted_bid_is_one_write_no_read_and_no_invocation(warm: list[str]) -> None:
    assert bid("b", 2_00, number=2)["type"] == "accepted"
    assert Counter(warm) == {"UpdateItem": 1, "Post": 2}


def test_a_refused_bid_is_one_write_no_read_and_no_invocation(warm: list[str]) -> None:
    assert bid("b", 1_00, number=2)["code"] == "bid_too_low"
    assert Counter(warm) == {"UpdateItem": 1}


def test_a_bid_sent_again_is_one_write_and_changes_nothing(warm: list[str]) -> None:
    first = bid("b", 2_00, number=2)
    bid("c", 3_00, number=3)
    before = DynamoAuctions(live()).read(AUCTION)
    warm.clear()
    assert bid("b", 2_00, number=2) == first
    assert Counter(warm) == {"UpdateItem": 1}
    assert DynamoAuctions(live()).read(AUCTION) == before


def test_a_bid_that_was_taken_back_does_not_stand_again_when_it_is_sent_again(
    warm: list[str],
) -> None:
    before = DynamoAuctions(live()).read(AUCTION)
    assert before is not None
    DynamoLedgerWriter().append([LedgerEntry(AUCTION, before.seq, before.last_event)])
    first = bid("b", 2_00, number=2)
    run_command.handler(frame(UndoBid(request_id="undo", lot_id="L01"), number=0), None)
    assert bid("b", 2_00, number=2) == first
    after = DynamoAuctions(live()).read(AUCTION)
    assert after is not None
    assert after.current is not None
    assert after.current.high == HighBid(1, 1_00)


def test_a_new_connection_is_listed_with_the_next_bid_and_then_known(warm: list[str]) -> None:
    DynamoAuctions(live()).count_connection(AUCTION)
    warm.clear()
    bid("b", 2_00)
    assert Counter(warm) == {"UpdateItem": 1, "Query": 1, "Post": 2}
    warm.clear()
    bid("c", 3_00)
    assert Counter(warm) == {"UpdateItem": 1, "Post": 2}


def test_the_item_stays_under_1_kb_with_300_members_and_every_lot_sold_to_another() -> None:
    assert item_size(full_row().serialize()) < 1024


def full_row() -> AuctionRow:
    """The largest item there can be at real prices: ids are UUIDs, each lot has an owner of its
    own with a high number and a price of thousands of dollars to the cent."""
    return AuctionRow(
        "x" * 36,
        status="bidding",
        rules_version=12,
        seq=12_345,
        last_event=json.dumps(
            {
                "type": "bid_placed",
                "at_ms": 1_795_000_000_000,
                "actor": 299,
                "request_id": "x" * 36,
                "lot_id": "L68",
                "bidder": 299,
                "amount_cents": 12_345_67,
                "minimum_cents": 12_445_67,
                "extended_to_ms": 1_795_000_010_000,
                "beaten": {"bidder": 298, "amount_cents": 12_245_67},
            },
            separators=(",", ":"),
        ),
        spent={str(MAX_MEMBERS - 1 - n): 1_234_56 + n for n in range(MAX_LOTS - 1)},
        recent=["12345678"] * REPLAY_WINDOW,
        audience=12_345,
        trace=bytes(LENGTH),
        lot_id="L68",
        opened_seq=12_340,
        minimum_cents=12_445_67,
        base_deadline_ms=1_795_000_000_123,
        extended_to_ms=1_795_000_010_123,
        high_bidder=299,
        high_cents=12_345_67,
        maximum_cents=13_345_67,
        auto_next_ms=5_000,
    )


def item_size(item: dict[str, Any]) -> int:
    """Bytes as DynamoDB counts them (developer guide, "Item sizes and formats")."""
    return sum(len(name) + value_size(value) for name, value in item.items())


def value_size(value: dict[str, Any]) -> int:
    [(kind, content)] = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "B":
        return len(base64.b64decode(content))
    if kind == "N":
        return (len(content.strip("-").strip("0")) + 1) // 2 + 1
    if kind == "L":
        return 3 + sum(1 + value_size(element) for element in content)
    if kind == "M":
        return 3 + sum(1 + len(name) + value_size(v) for name, v in content.items())
    raise AssertionError(kind)
