"""A whole auction through the real services, and what has to hold on the way."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack

from boto3.dynamodb.conditions import Key

from shared.commands import GetState, Hammer, NextLot, PlaceBid, SendChat, WhoIsHere
from shared.events import BidPlaced, LotSold
from shared.replies import Accepted, ChatSent, Presence, RefusedReply, State
from tests.e2e.system import (
    BIDDER,
    FAN_OUT_ABOVE,
    RIVAL,
    SPECTATOR,
    THIRD,
    System,
    accepted,
    wait_for,
)


def test_an_auction_from_csv_to_sales_in_sql(system: System) -> None:
    auction_id = system.make_league(clock="3s", extension="1s")
    system.calcutta("bots", auction_id, "--auctioneer", "--pace", "0.2")
    reconciled = system.calcutta("sync", "reconcile", auction_id, "--json")
    assert json.loads(reconciled.stdout)["equal"] is True
    results = json.loads(system.calcutta("auction", "results", auction_id, "--json").stdout)
    owned = [lot for owner in results["owners"] for lot in owner["lots"]]
    assert 0 < len(owned) <= 6
    assert results["prize_pool_cents"] == sum(lot["price_cents"] for lot in owned)


async def test_the_highest_bid_wins_and_everyone_sees_the_same(
    system: System, auction_id: str
) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, BIDDER) as bidder,
        await system.enter(auction_id, RIVAL) as rival,
        await system.enter(auction_id, SPECTATOR) as spectator,
    ):
        await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=10_00)
        await accepted(rival, PlaceBid, lot_id="L01", amount_cents=30_00)
        refused = await bidder.send(PlaceBid, lot_id="L01", amount_cents=30_50)
        assert isinstance(refused, RefusedReply)
        assert (refused.code, refused.minimum_cents) == ("bid_too_low", 31_00)
        sold = await accepted(commissioner, Hammer, lot_id="L01", forced=True)
        for client in (commissioner, bidder, rival, spectator):
            view = await client.wait_until(lambda view: view.seq == sold.seq, 10)
            assert view.spent == {2: 30_00}
            assert (view.lot_states["L01"].owner, view.lot_states["L01"].price_cents) == (2, 30_00)


async def test_the_hammer_falls_on_the_server_with_no_client_connected(system: System) -> None:
    auction_id = system.make_league(clock="2s", extension="1s")
    async with (
        await system.open(auction_id),
        await system.enter(auction_id, BIDDER) as bidder,
    ):
        await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=5_00)
    lots = system.table("LotsTableName")
    key = {"auction_id": auction_id, "lot_id": "L01"}
    sold = wait_for(
        lambda: (row := lots.get_item(Key=key)["Item"]) and row["status"] == "sold" and row
    )
    assert (sold["owner"], sold["price_cents"]) == (1, 5_00)


async def test_who_was_away_gets_what_was_missed(system: System, auction_id: str) -> None:
    async with await system.open(auction_id) as commissioner:
        async with await system.enter(auction_id, BIDDER) as bidder:
            bid = await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=5_00)
        await accepted(commissioner, Hammer, lot_id="L01", forced=True)
        await accepted(commissioner, NextLot, lot_id="L02")
        ledger = system.table("LedgerTableName")
        wait_for(
            lambda: (
                ledger.query(KeyConditionExpression=Key("auction_id").eq(auction_id))["Count"]
                == bid.seq + 2
            )
        )
        async with await system.enter(auction_id, BIDDER) as again:
            state = await again.send(GetState, since_seq=bid.seq - 1)
            assert isinstance(state, State)
            assert state.complete
            assert [e.seq for e in state.events] == [bid.seq, bid.seq + 1, bid.seq + 2]
            assert isinstance(state.events[0].event, BidPlaced)
            assert isinstance(state.events[1].event, LotSold)
            assert state.current is not None
            assert state.current.lot_id == "L02"


async def test_the_same_bid_sent_again_is_answered_as_the_first_time(
    system: System, auction_id: str
) -> None:
    frame = '{"action":"placeBid","request_id":"once","lot_id":"L01","amount_cents":500}'
    async with await system.open(auction_id) as commissioner:
        socket = await system.endpoint(auction_id, BIDDER).open_socket()
        async with socket:
            answers = []
            for _ in range(2):
                await socket.send(frame)
                while (answer := json.loads(await socket.recv()))["type"] == "event":
                    pass
                answers.append(answer)
        assert answers[0] == answers[1]
        assert answers[0]["type"] == "accepted"
        state = await commissioner.send(GetState)
        assert isinstance(state, State)
        assert state.seq == answers[0]["seq"]


async def test_a_members_own_budget_counts(system: System, auction_id: str) -> None:
    async with await system.open(auction_id), await system.enter(auction_id, THIRD) as third:
        refused = await third.send(PlaceBid, lot_id="L01", amount_cents=40_01)
        assert isinstance(refused, RefusedReply)
        assert refused.code == "over_budget"
        assert isinstance(await third.send(PlaceBid, lot_id="L01", amount_cents=40_00), Accepted)


async def test_a_spectator_sees_and_chats_but_does_not_bid(system: System, auction_id: str) -> None:
    async with (
        await system.open(auction_id) as commissioner,
        await system.enter(auction_id, SPECTATOR) as spectator,
    ):
        bid = await spectator.send(PlaceBid, lot_id="L01", amount_cents=5_00)
        assert isinstance(bid, RefusedReply)
        assert bid.code == "forbidden"
        assert isinstance(await spectator.send(SendChat, text="good evening"), ChatSent)
        here = await commissioner.send(WhoIsHere)
        assert isinstance(here, Presence)
        assert {member.name for member in here.members} == {"Commissioner", "Spectator"}


async def test_opening_twice_is_refused_and_changes_nothing(
    system: System, auction_id: str
) -> None:
    async with await system.open(auction_id):
        again = json.loads(system.calcutta("auction", "open", auction_id, "--json").stdout)
        assert again["lots"] == 6
        status = json.loads(system.calcutta("auction", "status", auction_id, "--json").stdout)
        assert status["seq"] == 2


async def test_a_large_audience_is_told_by_workers(system: System, auction_id: str) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(await system.open(auction_id))
        audience = [
            await stack.enter_async_context(await system.enter(auction_id, email))
            for email in (BIDDER, RIVAL, THIRD, SPECTATOR)
            for _ in range(3)
        ]
        assert len(audience) > FAN_OUT_ABOVE
        before = system.invocations("fanOut")
        bid = await accepted(audience[0], PlaceBid, lot_id="L01", amount_cents=5_00)
        for client in audience:
            await client.wait_until(lambda view: view.seq >= bid.seq, 10)
    wait_for(lambda: system.invocations("fanOut") > before)
