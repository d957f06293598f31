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
from websocket_service.logic.ports import Ticket, Tickets


def issue_ticket(
    auction_id: str,
    user_id: str,
    *,
    tickets: Tickets,
    find_member: Callable[[str, str], Member],
    now_ms: Callable[[], int],
) -> tuple[str, int]:
    """A new ticket and when it expires, for a user who is a member.

    Raises:
        NotFound: no such auction, or the user is not in it; it does not say which.
    """
    try:
        member = find_member(_id(auction_id), _id(user_id))
    except (NotFound, msgspec.ValidationError):
        raise NotFound("you are in no such auction") from None
    secret = secrets.token_urlsafe(32)
    expires_at_ms = now_ms() + TICKET_LIFETIME_MS
    tickets.put(_hash(secret), Ticket(auction_id, member, expires_at_ms))
    return secret, expires_at_ms


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
