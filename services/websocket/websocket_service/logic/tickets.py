"""Tickets: random, short-lived, used once. Only the hash of one is ever stored."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

import msgspec

from shared.auction import Member
from shared.errors import NotFound, TicketRefused
from shared.fields import Id
from shared.limits import TICKET_LIFETIME_MS
from websocket_service.logic.authority import may_bid
from websocket_service.logic.ports import Auctions, Bridge, Roll, Ticket, Tickets

Issued = tuple[str, int]
"""A ticket, and when it expires (epoch ms)."""

_NOT_IN_IT = "you are in no such auction"


def issue_ticket(
    auction_id: str,
    user_id: str,
    *,
    tickets: Tickets,
    find_member: Callable[[str, str], Member],
    now_ms: Callable[[], int],
    if_public: Callable[[Member | None], Issued | None] = lambda _: None,
) -> Issued:
    """A new ticket for a user who is a member, or for a seat of a public auction.

    Args:
        if_public: a ticket for a seat, None if the auction is not public; asked only for those who
            need one, spectators and who is no member.

    Raises:
        NotFound: no such auction, or the user is not in it; it does not say which.
    """
    member = _member(auction_id, user_id, find_member)
    if member is None or not may_bid(member.role):
        ticket = if_public(member)
        if ticket is not None:
            return ticket
    if member is None:
        raise NotFound(_NOT_IN_IT)
    secret, ticket_hash = draw_ticket()
    expires_at_ms = expiry_of_ticket(now_ms())
    tickets.put(ticket_hash, Ticket(auction_id, member, expires_at_ms))
    return secret, expires_at_ms


def _member(
    auction_id: str, user_id: str, find_member: Callable[[str, str], Member]
) -> Member | None:
    try:
        auction_id, user_id = _id(auction_id), _id(user_id)
    except msgspec.ValidationError:
        raise NotFound(_NOT_IN_IT) from None
    try:
        return find_member(auction_id, user_id)
    except NotFound:
        return None


def find_member(
    auction_id: str,
    user_id: str,
    *,
    roll: Roll,
    auctions: Auctions,
    bridge: Callable[[], Bridge],
) -> Member:
    """Which member a user is: once the auction is open its own table knows, and the database is
    asked only before.

    Raises:
        NotFound: they are none.
        CalleeFailed: the database could not be asked.
    """
    member = roll.find(auction_id, user_id)
    if member is not None and member.active:
        return member
    if auctions.read(auction_id) is not None:
        raise NotFound(_NOT_IN_IT)
    return bridge().find_member(auction_id, user_id)


def draw_ticket() -> tuple[str, str]:
    """A new ticket, and the hash that it is kept by."""
    secret = secrets.token_urlsafe(32)
    return secret, _hash(secret)


def expiry_of_ticket(now_ms: int) -> int:
    return now_ms + TICKET_LIFETIME_MS


def use_ticket(secret: str, auction_id: str, *, tickets: Tickets, now_ms: int) -> Ticket:
    """What a ticket stands for; it is used up.

    Raises:
        TicketRefused: used, expired, unknown or for another auction; it does not say which.
    """
    try:
        ticket = tickets.take(_hash(secret), _id(auction_id), now_ms)
    except msgspec.ValidationError:
        ticket = None
    if ticket is None:
        raise TicketRefused("the ticket is used, expired or for another auction; get a new one")
    return ticket


def _id(text: str) -> str:
    """Raises ValidationError for what no id can be: DynamoDB fails on keys that are too long, and
    the text comes from whoever asks."""
    return msgspec.convert(text, Id)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
