"""Leagues over HTTP, and how soon a running auction knows what was changed there."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from boto3.dynamodb.conditions import Key

from shared.client import AuctionClient
from shared.commands import Hammer, NextLot, OpenAuction, PlaceBid
from shared.replies import RefusedReply
from tests.e2e.people import People
from tests.e2e.system import (
    BIDDER,
    PATIENCE_S,
    RIVAL,
    System,
    accepted,
    wait_for,
)

CHAIR = "chair@example.com"
"""Who makes these leagues: the commissioner of all other tests has as many as one may."""


@pytest.fixture(scope="module")
def people(system: System) -> People:
    system.users.ensure(CHAIR)
    return People(system, CHAIR)


async def opened(system: System, league: dict[str, Any]) -> AuctionClient:
    commissioner = await system.enter(league["auction_id"], CHAIR)
    await accepted(commissioner, OpenAuction)
    return commissioner


def test_nobody_is_answered_without_a_token(people: People) -> None:
    assert people.ask("GET", "/leagues", None).status_code == 401


def test_a_token_that_cognito_did_not_sign_is_refused(people: People) -> None:
    headers = {"authorization": "Bearer e30.e30.e30"}
    assert people.ask("GET", "/leagues", None, headers=headers).status_code == 401


def test_a_league_is_there_for_its_members_and_nobody_else(people: People) -> None:
    path = f"/leagues/{people.league(BIDDER)['league_id']}"
    told = {email: people.ask("GET", path, email) for email in (CHAIR, BIDDER, RIVAL)}
    assert {email: it.status_code for email, it in told.items()} == {
        CHAIR: 200,
        BIDDER: 200,
        RIVAL: 404,
    }
    assert told[RIVAL].headers["content-type"] == "application/problem+json"


async def test_a_league_made_over_http_is_auctioned(system: System, people: People) -> None:
    league = people.league(BIDDER)
    async with await opened(system, league) as commissioner:
        await accepted(commissioner, NextLot, lot_id="L01")
        async with await system.enter(league["auction_id"], BIDDER) as bidder:
            await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=5_00)
        await accepted(commissioner, Hammer, lot_id="L01", forced=True)
    path = f"/leagues/{league['league_id']}/sales"
    [sale] = wait_for(lambda: people.ask("GET", path, BIDDER).json()["sales"])
    assert (sale["owner"], sale["price_cents"]) == (1, 5_00)


async def test_the_sockets_of_who_is_removed_close_within_seconds(
    system: System, people: People
) -> None:
    league = people.league(BIDDER, RIVAL)
    async with (
        await opened(system, league),
        await system.endpoint(league["auction_id"], BIDDER).open_socket() as socket,
        await system.endpoint(league["auction_id"], RIVAL).open_socket() as rival,
    ):
        path = f"/leagues/{league['league_id']}/members/1"
        assert people.ask("DELETE", path, CHAIR).status_code == 204
        async with asyncio.timeout(PATIENCE_S):
            await socket.wait_closed()
        assert rival.close_code is None


async def test_who_joins_a_running_auction_can_bid(system: System, people: People) -> None:
    league = people.league()
    async with await opened(system, league) as commissioner:
        await accepted(commissioner, NextLot, lot_id="L01")
        invite = people.ask("GET", f"/leagues/{league['league_id']}/invite", CHAIR).json()
        body = {"code": invite["code"], "member_name": "Late"}
        assert people.ask("POST", "/memberships", BIDDER, json=body).status_code == 201
        members = system.inner_table("MembersTable")
        key = {"auction_id": league["auction_id"], "user_id": system.users.ensure(BIDDER)}
        await asyncio.to_thread(wait_for, lambda: "Item" in members.get_item(Key=key))
        async with await system.enter(league["auction_id"], BIDDER) as bidder:
            await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=5_00)


async def test_other_rules_hold_from_the_next_lot_on(system: System, people: People) -> None:
    league = people.league(BIDDER)
    async with (
        await opened(system, league) as commissioner,
        await system.enter(league["auction_id"], BIDDER) as bidder,
    ):
        await accepted(commissioner, NextLot, lot_id="L01")
        path = f"/leagues/{league['league_id']}/rules"
        rules = {"bid_rules": [{"from_cents": 0, "increment_cents": 50_00}]}
        headers = people.etag(path)
        assert people.ask("PUT", path, CHAIR, json=rules, headers=headers).status_code == 200
        versions = system.inner_table("RulesTable")
        of_auction = Key("auction_id").eq(league["auction_id"])
        await asyncio.to_thread(
            wait_for, lambda: versions.query(KeyConditionExpression=of_auction)["Count"] == 2
        )
        await accepted(bidder, PlaceBid, lot_id="L01", amount_cents=1_00)
        await accepted(commissioner, Hammer, lot_id="L01", forced=True)
        await accepted(commissioner, NextLot, lot_id="L02")
        refused = await bidder.send(PlaceBid, lot_id="L02", amount_cents=1_00)
        assert isinstance(refused, RefusedReply)
        assert refused.minimum_cents == 50_00
