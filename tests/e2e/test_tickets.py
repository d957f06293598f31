"""The way in: who gets a ticket, and which tickets open a WebSocket."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from boto3.dynamodb.conditions import Attr, Key
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from shared.client.endpoint import Ticket
from shared.limits import TICKET_LIFETIME_MS
from shared.settings import Settings
from tests.e2e.system import BIDDER, LET_IN, RIVAL, System, wait_for

STRANGER = "stranger@example.com"
REFUSED = (401, 403)


def ask_for_ticket(system: System, auction_id: str, authorization: str | None) -> httpx.Response:
    api = system.stage.output("websocket", "ApiUrl")
    headers = {} if authorization is None else {"Authorization": authorization}
    return httpx.post(f"{api}/auctions/{quote(auction_id, safe='')}/tickets", headers=headers)


async def ticket_for(system: System, auction_id: str, email: str = BIDDER) -> Ticket:
    return await system.endpoint(auction_id, email).get_ticket()


def rows_of(system: System, auction_id: str) -> list[dict[str, Any]]:
    """The tickets of an auction, as they are stored."""
    rows: list[dict[str, Any]] = system.inner_table("TicketsTable").scan(
        FilterExpression=Attr("auction_id").eq(auction_id)
    )["Items"]
    return rows


# a token for a ticket


def test_without_a_token_there_is_no_ticket(system: System, auction_id: str) -> None:
    assert ask_for_ticket(system, auction_id, None).status_code == 401


@pytest.mark.parametrize("authorization", ["Bearer garbage", "Bearer a.b.c", "garbage"])
def test_garbage_is_no_token(system: System, auction_id: str, authorization: str) -> None:
    assert ask_for_ticket(system, auction_id, authorization).status_code == 401


def test_a_token_that_names_somebody_else_is_refused(system: System, auction_id: str) -> None:
    head, claims, signature = system.token(BIDDER).split(".")
    _, claims_of_rival, _ = system.token(RIVAL).split(".")
    forged = f"Bearer {head}.{claims_of_rival}.{signature}"
    assert claims != claims_of_rival
    assert ask_for_ticket(system, auction_id, forged).status_code == 401


def test_a_token_without_a_signature_is_refused(system: System, auction_id: str) -> None:
    _, claims, _ = system.token(BIDDER).split(".")
    head = _base64url(b'{"alg":"none","typ":"JWT"}')
    forged = f"Bearer {head}.{claims}."
    assert ask_for_ticket(system, auction_id, forged).status_code == 401


def test_a_token_signed_with_another_key_is_refused(system: System, auction_id: str) -> None:
    signed, _, _ = system.token(BIDDER).rpartition(".")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signature = key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    forged = f"Bearer {signed}.{_base64url(signature)}"
    assert ask_for_ticket(system, auction_id, forged).status_code == 401


def test_a_ticket_is_for_half_a_minute_and_not_to_be_cached(
    system: System, auction_id: str
) -> None:
    asked_at_ms = time.time() * 1000
    response = ask_for_ticket(system, auction_id, f"Bearer {system.token(BIDDER)}")
    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    waits_ms = response.json()["expires_at_ms"] - asked_at_ms
    assert 0 < waits_ms - TICKET_LIFETIME_MS < 10_000


@pytest.mark.parametrize("is_open", [False, True])
async def test_who_is_no_member_gets_no_ticket(
    system: System, auction_id: str, is_open: bool
) -> None:
    if is_open:
        await (await system.open(auction_id)).aclose()
    system.users.ensure(STRANGER)
    response = ask_for_ticket(system, auction_id, f"Bearer {system.token(STRANGER)}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "unknown",
    ["nowhere", "no where", "ä" * 40, "x" * 500],
    ids=["a word", "two words", "umlauts", "long"],
)
def test_an_unknown_auction_is_answered_like_one_of_others(
    system: System, auction_id: str, unknown: str
) -> None:
    system.users.ensure(STRANGER)
    token = f"Bearer {system.token(STRANGER)}"
    theirs = ask_for_ticket(system, auction_id, token)
    nowhere = ask_for_ticket(system, unknown, token)
    assert (nowhere.status_code, nowhere.json()) == (theirs.status_code, theirs.json())


# a ticket for a WebSocket


async def test_a_ticket_opens_one_connection_only(system: System, auction_id: str) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    assert await system.handshake(auction=auction_id, ticket=ticket) == LET_IN
    assert await system.handshake(auction=auction_id, ticket=ticket) in REFUSED


async def test_of_many_that_use_a_ticket_at_once_one_is_let_in(
    system: System, auction_id: str
) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    tries = [system.handshake(auction=auction_id, ticket=ticket) for _ in range(6)]
    assert sorted(await asyncio.gather(*tries))[:2] == [LET_IN, 403]


async def test_an_expired_ticket_is_refused(system: System, auction_id: str) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    [row] = rows_of(system, auction_id)
    expired = row | {"expires_at_ms": int(time.time() * 1000) - 1}
    system.inner_table("TicketsTable").put_item(Item=expired)
    assert await system.handshake(auction=auction_id, ticket=ticket) in REFUSED


async def test_a_ticket_of_another_auction_is_refused(system: System, auction_id: str) -> None:
    other = system.make_league()
    ticket = (await ticket_for(system, other)).ticket
    assert await system.handshake(auction=auction_id, ticket=ticket) in REFUSED


async def test_a_ticket_tried_at_another_auction_still_opens_its_own(
    system: System, auction_id: str
) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    assert await system.handshake(auction="elsewhere", ticket=ticket) in REFUSED
    assert await system.handshake(auction=auction_id, ticket=ticket) == LET_IN


@pytest.mark.parametrize(
    "ticket",
    ["unknown", "", " ", "ü" * 50, "x" * 4_000],
    ids=["a word", "empty", "a blank", "umlauts", "long"],
)
async def test_what_is_no_ticket_is_refused(system: System, auction_id: str, ticket: str) -> None:
    assert await system.handshake(auction=auction_id, ticket=ticket) in REFUSED


async def test_the_stored_hash_of_a_ticket_is_no_ticket(system: System, auction_id: str) -> None:
    await ticket_for(system, auction_id)
    [row] = rows_of(system, auction_id)
    assert await system.handshake(auction=auction_id, ticket=row["ticket_hash"]) in REFUSED


async def test_without_a_ticket_nobody_is_let_in(system: System, auction_id: str) -> None:
    assert await system.handshake(auction=auction_id) == 401


async def test_a_ticket_without_its_auction_is_refused(system: System, auction_id: str) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    assert await system.handshake(ticket=ticket) == 401


async def test_a_token_is_no_ticket(system: System, auction_id: str) -> None:
    assert await system.handshake(auction=auction_id, ticket=system.token(BIDDER)) in REFUSED


async def test_only_the_hash_of_a_ticket_is_stored(system: System, auction_id: str) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    [row] = rows_of(system, auction_id)
    assert row["ticket_hash"] == hashlib.sha256(ticket.encode()).hexdigest()
    assert ticket not in json.dumps(row, default=str)


async def test_a_used_ticket_leaves_no_row(system: System, auction_id: str) -> None:
    ticket = (await ticket_for(system, auction_id)).ticket
    assert await system.handshake(auction=auction_id, ticket=ticket) == LET_IN
    assert rows_of(system, auction_id) == []


# too many


async def test_a_member_has_a_limited_number_of_connections(
    system: System, auction_id: str
) -> None:
    async with AsyncExitStack() as sockets:
        for _ in range(Settings().connections_per_member):
            socket = await system.endpoint(auction_id, BIDDER).open_socket()
            await sockets.enter_async_context(socket)
        one_more = (await ticket_for(system, auction_id)).ticket
        rivals = (await ticket_for(system, auction_id, RIVAL)).ticket
        assert await system.handshake(auction=auction_id, ticket=one_more) in (403, 429)
        assert await system.handshake(auction=auction_id, ticket=rivals) == LET_IN


async def test_who_closes_a_connection_may_open_another(system: System, auction_id: str) -> None:
    limit = Settings().connections_per_member
    open_now = Key("auction_id").eq(auction_id)
    connections = system.inner_table("ConnectionsTable")
    async with AsyncExitStack() as sockets:
        for _ in range(limit):
            socket = await system.endpoint(auction_id, BIDDER).open_socket()
            await sockets.enter_async_context(socket)
        await socket.close()
        wait_for(lambda: connections.query(KeyConditionExpression=open_now)["Count"] == limit - 1)
        ticket = (await ticket_for(system, auction_id)).ticket
        assert await system.handshake(auction=auction_id, ticket=ticket) == LET_IN


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
