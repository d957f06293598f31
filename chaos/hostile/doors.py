"""Hostile requests at the doors: tickets over HTTP, and the opening of WebSockets."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from chaos.hostile.attack import AUCTION, Attack
from chaos.hostile.frames import STRINGS

METHOD_ARN = "arn:aws:execute-api:us-east-1:000000000000:api/local/$connect"
OVERLONG = ("x" * 2_049, "x" * 10_000, "🏀" * 600)


class Doors:
    """An endless supply of attempts to get in.

    Args:
        stale: secrets of tickets that are used up, expired or for another auction.
    """

    def __init__(self, chance: random.Random, stale: list[str]) -> None:
        self._chance = chance
        self._stale = stale

    def attack(self) -> Attack:
        kinds: tuple[Callable[[], Attack], ...] = (
            self._foreign_ticket_request, self._bad_ticket, self._stale_ticket, self._lost_right,
            self._one_too_many,
        )  # fmt: skip
        return self._chance.choice(kinds)()

    def _foreign_ticket_request(self) -> Attack:
        hostile = (*STRINGS, *OVERLONG, "auction-2", "null", "undefined")
        auction, user = self._chance.choice(
            (
                (AUCTION, self._chance.choice(hostile)),
                (self._chance.choice(hostile), "user-1"),
                (self._chance.choice(hostile), self._chance.choice(hostile)),
            )
        )
        event: dict[str, Any] = {
            "pathParameters": {"id": auction},
            "requestContext": {"authorizer": {"jwt": {"claims": {"sub": user}}}},
        }
        return Attack("ticket for a stranger", "issue_ticket", event, frozenset(("404", "400")))

    def _bad_ticket(self) -> Attack:
        hostile = (*STRINGS, *OVERLONG)
        queries: tuple[dict[str, str] | None, ...] = (
            None,
            {},
            {"ticket": self._chance.choice(hostile)},
            {"auction": self._chance.choice(hostile)},
            {"ticket": self._chance.choice(hostile), "auction": self._chance.choice(hostile)},
            {"ticket": self._chance.randbytes(32).hex(), "auction": AUCTION},
        )
        return self._connecting("ticket made up", self._chance.choice(queries))

    def _stale_ticket(self) -> Attack:
        query = {"ticket": self._chance.choice(self._stale), "auction": AUCTION}
        return self._connecting("ticket used, expired or foreign", query)

    def _connecting(self, kind: str, query: dict[str, str] | None) -> Attack:
        event = {"methodArn": METHOD_ARN, "queryStringParameters": query}
        return Attack(kind, "authorize_connect", event, frozenset(("Deny",)))

    def _lost_right(self) -> Attack:
        number, role = self._chance.choice(((9, "bidder"), (4, "bidder"), (3, "commissioner")))
        return self._connected("role lost before $connect", number, role, "403")

    def _one_too_many(self) -> Attack:
        return self._connected("one connection too many", 2, "bidder", "429")

    def _connected(self, kind: str, number: int, role: str, status: str) -> Attack:
        context = {
            "auction_id": AUCTION,
            "number": str(number),
            "name": f"Member {number}",
            "role": role,
            "user_id": f"user-{number}",
        }
        connection_id = self._chance.randbytes(8).hex()
        event = {"requestContext": {"connectionId": connection_id, "authorizer": context}}
        return Attack(kind, "connect", event, frozenset((status,)))
