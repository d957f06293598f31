"""Leagues that nobody plays in: a canary's. They are in no list and in no total.

An import whose id is synthetic makes a tournament, a league and an auction whose ids are, so
whoever meets one of these ids knows it without asking. No door of the leagues' API leads to them,
and none but `services/rds-bridge`'s `importLeague`, which only operators may invoke, makes one.
"""

from __future__ import annotations

PREFIX = "synthetic-"
CANARY_EMAIL = "canary@calcutta.invalid"
"""The only member of a synthetic league, and a member of no other. Mail to this domain reaches
nobody (RFC 2606), so nobody can ask for a new password by mail."""


def is_synthetic(some_id: str) -> bool:
    """Whether this is the id of a synthetic import, tournament, league or auction."""
    return some_id.startswith(PREFIX)


def public_id(auction_id: str) -> str:
    """The id of the auction beside a synthetic one that is only a line and a room: it is in no
    database, so nobody has a right of their own to it, and whoever comes is one of the public."""
    return f"{auction_id}-public"


def synthetic_id(name: str) -> str:
    """The id of that name among the synthetic ones."""
    return PREFIX + name
