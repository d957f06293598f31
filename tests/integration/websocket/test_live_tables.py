"""What is written without PynamoDB is what the models say, and what PynamoDB would have sent."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from moto.dynamodb.comparisons import get_filter_expression
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from shared.auction import LotState, Member
from shared.bridge import MemberNow
from shared.codec import encode
from shared.events import BidPlaced, LedgerEntry, LotPassed
from shared.limits import CONNECTION_LIFETIME_MS, REPLAY_WINDOW
from shared.replies import Chat
from tests.integration.websocket.world import AUCTION, RULES, live, lots, members, open_auction
from websocket_service.adapters.auction_item import AuctionItem
from websocket_service.adapters.auctions import DynamoAuctions, bid_expressions
from websocket_service.adapters.catalogue import DynamoCatalogue
from websocket_service.adapters.chats import DynamoChats
from websocket_service.adapters.connections import DynamoConnections, DynamoTickets
from websocket_service.adapters.ledger import DynamoLedger
from websocket_service.adapters.members import DynamoRoll
from websocket_service.adapters.tables import (
    AuctionRow,
    ChatRow,
    ConnectionRow,
    LotRow,
    MemberRow,
    RulesRow,
    TicketRow,
)
from websocket_service.adapters.writes import DynamoLedgerWriter, DynamoRollWriter
from websocket_service.logic.bidding import BidAttempt
from websocket_service.logic.ports import Connection, Ticket

TRACE = "Root=1-6b49d200-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1"


def test_the_auctions_item_has_the_attributes_of_its_model() -> None:
    fields = zip(AuctionItem.__struct_fields__, AuctionItem.__struct_encode_fields__, strict=True)
    assert dict(fields) == {n: it.attr_name for n, it in AuctionRow.get_attributes().items()}


@pytest.mark.usefixtures("aws")
def test_an_auction_is_read_through_its_model_as_it_was_written() -> None:
    state = open_auction()
    row = AuctionRow.get(AUCTION)
    assert (row.status, row.seq, row.rules_version) == ("open", 1, 1)
    assert (row.last_event, row.recent) == (encode(state.last_event).decode(), list(state.recent))
    assert row.spent.as_dict() == {}
    assert row.lot_id is None
    assert row.audience == 0
    AuctionRow(AUCTION).update(actions=[AuctionRow.status.set("closed")])
    read = DynamoAuctions(live()).read(AUCTION)
    assert read is not None
    assert read.status == "closed"


@pytest.mark.usefixtures("aws")
def test_rules_are_read_through_their_model_as_they_were_written() -> None:
    open_auction()
    row = RulesRow.get(AUCTION, RULES.version)
    assert (row.title, row.rules) == ("A league", encode(RULES).decode())


@pytest.mark.usefixtures("aws")
def test_a_title_is_that_of_the_newest_rules() -> None:
    open_auction()
    RulesRow(AUCTION, RULES.version + 1, title="Another", rules=encode(RULES).decode()).save()
    assert DynamoCatalogue(live()).title(AUCTION) == "Another"
    assert DynamoCatalogue(live()).title("nowhere") == ""


@pytest.mark.usefixtures("aws")
def test_members_are_read_by_number_as_they_were_written_through_their_model() -> None:
    open_auction(member_count=12)
    assert DynamoCatalogue(live()).members(AUCTION) == tuple(
        Member(it.number, it.user_id, it.name, it.role) for it in members(12)
    )


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("budget_cents", [None, 50_00])
def test_a_member_is_found_as_they_were_written_through_their_model(
    active: bool, budget_cents: int | None
) -> None:
    member = MemberNow(3, "user-3", "Zoë ☃", "admin", budget_cents, active=active, version=7)
    DynamoRollWriter().put(AUCTION, member)
    assert DynamoRoll(live()).find(AUCTION, "user-3") == member
    assert DynamoRoll(live()).find(AUCTION, "user-4") is None
    assert DynamoRoll(live()).own_rights(AUCTION, ["user-3", "user-4"]) == (
        {"user-3"} if active else set()
    )
    assert len(DynamoCatalogue(live()).members(AUCTION)) == active


@pytest.mark.usefixtures("aws")
def test_a_member_with_neither_version_nor_end_is_active_by_the_oldest_word() -> None:
    MemberRow(AUCTION, "user-3", number=3, name="Ada", role="spectator").save()
    member = MemberNow(3, "user-3", "Ada", "spectator", active=True, version=0)
    assert DynamoRoll(live()).find(AUCTION, "user-3") == member
    assert DynamoRoll(live()).own_rights(AUCTION, ["user-3"]) == frozenset()
    assert len(DynamoCatalogue(live()).members(AUCTION)) == 1


@pytest.mark.usefixtures("aws")
def test_lots_are_read_by_position_as_they_were_written_through_their_model() -> None:
    open_auction(lot_count=11)
    LotRow(AUCTION, "L02").update(
        actions=[
            LotRow.status.set("sold"),
            LotRow.seq.set(4),
            LotRow.owner.set(0),
            LotRow.price_cents.set(5_00),
        ]
    )
    found = DynamoCatalogue(live()).lots(AUCTION)
    assert tuple(lot for lot, _ in found) == lots(11)
    assert [state for _, state in found][:2] == [
        LotState("L01", "unsold", 0),
        LotState("L02", "sold", 4, owner=0, price_cents=5_00),
    ]


@pytest.mark.usefixtures("aws")
def test_events_are_read_in_their_places_as_they_were_written_through_their_model() -> None:
    passed = [LedgerEntry(AUCTION, seq, LotPassed(at_ms=seq, lot_id="L01")) for seq in range(1, 13)]
    DynamoLedgerWriter().append(passed)
    assert DynamoLedger(live()).events(AUCTION, 0, limit=100) == passed
    assert DynamoLedger(live()).events(AUCTION, 9, limit=2) == passed[9:11]
    assert DynamoLedger(live()).events("nowhere", 0, limit=2) == []


@pytest.mark.usefixtures("aws")
def test_a_chat_is_read_through_its_model_as_it_was_written() -> None:
    chats = DynamoChats(live())
    said = [
        Chat(chat_id=f"3-{at_ms}", at_ms=at_ms, number=3, name="Member 3", text="Zoë ☃")
        for at_ms in (9, 10, 11)
    ]
    assert [chats.say(AUCTION, it) for it in (*said, said[0])] == [True, True, True, False]
    row = ChatRow.get(AUCTION, "3-9")
    assert (row.at_ms, row.number, row.name, row.text) == (9, 3, "Member 3", "Zoë ☃")
    assert chats.latest(AUCTION, 2) == said[1:]
    assert chats.latest("nowhere", 2) == []


@pytest.mark.usefixtures("aws")
def test_a_connection_is_read_through_its_model_as_it_was_written() -> None:
    connection = Connection("c1", 3, "Member 3", "bidder", "user-3")
    connections = DynamoConnections(live(), lambda: 5_000)
    connections.add(AUCTION, connection)
    row = ConnectionRow.get(AUCTION, "c1")
    assert (row.number, row.name, row.role, row.user_id) == (3, "Member 3", "bidder", "user-3")
    assert (row.connected_at_ms, row.expires_at) == (5_000, 5 + CONNECTION_LIFETIME_MS // 1_000)
    assert connections.list(AUCTION) == [connection]


@pytest.mark.usefixtures("aws")
def test_a_ticket_is_read_through_its_model_as_it_was_written() -> None:
    ticket = Ticket(AUCTION, Member(3, "user-3", "Member 3", "bidder"), expires_at_ms=5_000)
    DynamoTickets(live()).put("hash", ticket)
    row = TicketRow.get("hash")
    assert (row.auction_id, row.expires_at_ms, row.expires_at) == (AUCTION, 5_000, 6)
    assert DynamoTickets(live()).take("hash", AUCTION, now_ms=4_999) == ticket


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("headroom", [0, -1])
@pytest.mark.parametrize("tracing", ["on", "off"])
def test_a_bid_is_the_request_that_pynamodb_would_make_of_the_models_expressions(
    headroom: int, tracing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACING", tracing)
    monkeypatch.setenv("_X_AMZN_TRACE_ID", TRACE)
    event = BidPlaced(
        at_ms=0x6B49D200 * 1_000,
        actor=17,
        request_id="r",
        lot_id="L01",
        bidder=18,
        amount_cents=7_00,
        minimum_cents=8_00,
        extended_to_ms=9,
    )
    bid = BidAttempt(AUCTION, event, rules_version=2, headroom_cents=headroom, digest="12345678")
    ours = live().auctions.update_of({"id": AUCTION}, *bid_expressions(bid))
    trace = bytes([128]) + bytes.fromhex("abcdef012345678912345678") if tracing == "on" else None
    theirs = AuctionRow(AUCTION).get_update_kwargs_from_instance(
        actions=actions_of(bid, trace), condition=condition_of(bid)
    )
    assert (ours["TableName"], ours["Key"]) == ("auctions", theirs["Key"])
    assert meaning(ours["ConditionExpression"], ours) == meaning(
        theirs["ConditionExpression"], theirs
    )
    assert changes(ours) == changes(theirs)


def condition_of(bid: BidAttempt) -> Condition:
    event = bid.event
    spent = AuctionRow.spent[str(event.bidder)]
    affordable: Condition = spent <= bid.headroom_cents
    if bid.headroom_cents >= 0:
        affordable |= spent.does_not_exist()
    uncovered = AuctionRow.maximum_cents.does_not_exist() | (
        AuctionRow.maximum_cents < event.amount_cents
    )
    condition: Condition = (
        (AuctionRow.status == "bidding")
        & (AuctionRow.lot_id == event.lot_id)
        & (AuctionRow.minimum_cents <= event.amount_cents)
        & uncovered
        & ((AuctionRow.base_deadline_ms > event.at_ms) | (AuctionRow.extended_to_ms > event.at_ms))
        & (AuctionRow.rules_version == bid.rules_version)
        & affordable
        & ~AuctionRow.recent.contains(bid.digest)
    )
    return condition


def actions_of(bid: BidAttempt, trace: bytes | None) -> list[Action]:
    event = bid.event
    return [
        AuctionRow.seq.set(AuctionRow.seq + 1),
        AuctionRow.high_cents.set(event.amount_cents),
        AuctionRow.high_bidder.set(event.bidder),
        AuctionRow.minimum_cents.set(event.minimum_cents),
        AuctionRow.maximum_cents.remove(),
        AuctionRow.extended_to_ms.set(event.extended_to_ms),
        AuctionRow.last_event.set(encode(event).decode()),
        AuctionRow.trace.remove() if trace is None else AuctionRow.trace.set(trace),
        AuctionRow.recent[0].set(bid.digest),
        *(AuctionRow.recent[i].set(AuctionRow.recent[i - 1]) for i in range(1, REPLAY_WINDOW)),
    ]


def meaning(condition: str, request: dict[str, Any]) -> str:
    """A condition as moto understands it, with names and values in their places."""
    names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
    return repr(get_filter_expression(condition, names, values))


def changes(request: dict[str, Any]) -> set[tuple[str, str]]:
    """What an update sets and removes, with names and values in their places."""
    values = {
        name: json.dumps(value, default=lambda it: base64.b64encode(it).decode())
        for name, value in request["ExpressionAttributeValues"].items()
    }
    replaced = request["ExpressionAttributeNames"] | {it: f"<{it}>" for it in values}
    text = re.sub(r"[#:]\w+", lambda it: replaced[it[0]], request["UpdateExpression"])
    [(_, *clauses)] = [re.split(r"\b(SET|REMOVE) ", text)]
    found = set()
    for verb, clause in zip(clauses[::2], clauses[1::2], strict=True):
        for one in clause.strip().split(", "):
            found.add((verb, re.sub(r"<(:\w+)>", lambda it: values[it[1]], one)))
    return found
