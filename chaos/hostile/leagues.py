"""Hostile requests at the leagues' API: by people without the right, and by people with it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from typing import Any

from chaos.hostile.attack import Attack
from chaos.hostile.frames import NUMBERS, STRINGS
from rds_bridge_service.logic.leagues.operations import BY_ROUTE
from shared.limits import MAX_REQUEST_BYTES
from tests.integration.rds_bridge.api import http
from tests.integration.rds_bridge.api.http import ADMIN, BIDDER, COMMISSIONER, SPECTATOR, Api, event
from tests.integration.rds_bridge.api.table import OF_LEAGUES, TABLE

FUNCTION = "serve_leagues"
PEOPLE = [it for it in STRINGS if it not in ("", "\ud800")]
RIGHT_BUT_REFUSED = "DELETE /leagues/{league_id}/membership"
"""The commissioner may ask for it, and is told to hand over first."""


class LeagueRequests:
    """An endless supply of requests about one league, each of which has to be refused."""

    def __init__(self, chance: random.Random, api: Api, league_id: str) -> None:
        self._chance = chance
        self._league_id = league_id
        # nothing ever changes: what is right now stays so
        self._of_league = api.if_match(league_id)
        self._of_bidder = api.if_match(league_id, http.NUMBERS[BIDDER])

    def attack(self) -> Attack:
        kinds: tuple[Callable[[], Attack], ...] = (
            self._nobody,
            self._stranger,
            self._wrong_role,
            self._bad_body,
            self._bad_field,
            self._bad_version,
            self._bad_key,
            self._bad_path,
            self._bad_query,
            self._no_such_route,
            self._guessed_code,
            self._unverified,
            *([self._too_long] if self._chance.random() < 0.1 else []),
        )
        return self._chance.choice(kinds)()

    def _ask(self, kind: str, route: str, user: str | None, *statuses: int, **what: Any) -> Attack:
        """A request that is right but for what is said here."""
        right: dict[str, Any] = {
            "body": TABLE[route][1] if route in TABLE else None,
            "headers": self._version_for(route) | {"idempotency-key": "hostile"},
            "league_id": self._league_id,
            "number": http.NUMBERS[BIDDER],
        }
        answers = frozenset(str(it) for it in statuses)
        return Attack(kind, FUNCTION, event(route, user, **(right | what)), answers)

    def _version_for(self, route: str) -> dict[str, str]:
        if route not in BY_ROUTE or not BY_ROUTE[route].versioned:
            return {}
        return self._of_bidder if "{number}" in route else self._of_league

    def _nobody(self) -> Attack:
        return self._ask("league: nobody signed in", self._any(TABLE), None, 401)

    def _stranger(self) -> Attack:
        user = self._chance.choice(("stranger", "COMMISSIONER", *PEOPLE))
        return self._ask("league: of others", self._any(OF_LEAGUES), user, 404)

    def _wrong_role(self) -> Attack:
        user = self._chance.choice((ADMIN, BIDDER, SPECTATOR))
        routes = [route for route, (roles, _) in OF_LEAGUES.items() if user[0] not in roles]
        return self._ask("league: without the right", self._chance.choice(routes), user, 403)

    def _bad_body(self) -> Attack:
        route = self._with_body()
        whole = json.dumps(TABLE[route][1])
        cut = whole[: self._chance.randrange(len(whole))]
        deep = '{"name":' * self._chance.randrange(1, 2_000)
        body = self._chance.choice((cut, deep, "", "null", "[]", "7", "{}{}", "\x00", "\ud800"))
        return self._ask("league: broken body", route, self._who_may(route), 400, body=body)

    def _bad_field(self) -> Attack:
        route = self._with_body()
        right: dict[str, Any] = TABLE[route][1]
        field, unknown = self._chance.choice(sorted(right)), self._chance.choice(STRINGS)
        body = self._chance.choice(
            (
                right | {field: {"S": unknown}},
                right | {field: [[]]},
                right | {f"x{unknown}": right[field]},
            )
        )
        return self._ask("league: hostile field", route, self._who_may(route), 400, body=body)

    def _too_long(self) -> Attack:
        route = self._with_body()
        body = json.dumps(TABLE[route][1]) + " " * MAX_REQUEST_BYTES
        return self._ask("league: body too long", route, self._who_may(route), 413, body=body)

    def _bad_version(self) -> Attack:
        route = self._chance.choice([it for it in TABLE if BY_ROUTE[it].versioned])
        hostile = self._chance.choice(('"999"', None, "*", 'W/"1"', *NUMBERS, *STRINGS))
        if hostile is None:
            return self._ask("league: no version", route, COMMISSIONER, 428, headers={})
        headers, statuses = {"if-match": hostile}, (400, 412)
        return self._ask("league: wrong version", route, COMMISSIONER, *statuses, headers=headers)

    def _bad_key(self) -> Attack:
        hostile = [it for it in STRINGS if not it.replace("_", "").isalnum() or not it.isascii()]
        headers = {"idempotency-key": self._chance.choice(hostile)}
        return self._ask("league: hostile key", "POST /leagues", "anyone", 400, headers=headers)

    def _bad_path(self) -> Attack:
        route = self._any(OF_LEAGUES)
        what: dict[str, Any] = {"league_id": self._chance.choice(STRINGS)}
        if "{number}" in route and self._chance.random() < 0.5:
            what = {"number": self._chance.choice(("-1", "300", "x", "1.5", *STRINGS))}
        return self._ask("league: hostile path", route, COMMISSIONER, 404, **what)

    def _bad_query(self) -> Attack:
        route = self._chance.choice([it for it in TABLE if BY_ROUTE[it].paged])
        query = self._chance.choice(
            (
                {"limit": self._chance.choice(("0", "101", "-1", "x", "1" * 400, *STRINGS))},
                {"cursor": self._chance.choice(("!", "e30", "W10", *STRINGS)) or "!"},
            )
        )
        return self._ask("league: hostile query", route, COMMISSIONER, 400, query=query)

    def _no_such_route(self) -> Attack:
        method = self._chance.choice(("GET", "TRACE", "POST", ""))
        route = f"{method} /{self._chance.choice(STRINGS)}"
        return self._ask("league: no such route", route, COMMISSIONER, 404)

    def _guessed_code(self) -> Attack:
        letters = "".join(self._chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=12))
        code = self._chance.choice((letters, *STRINGS))
        body = {"code": code, "member_name": "Somebody"}
        return self._ask(
            "league: guessed code", "POST /memberships", "stranger", 400, 404, body=body
        )

    def _unverified(self) -> Attack:
        asked = self._ask("league: address not verified", "POST /leagues", "anyone", 403)
        claims = asked.event["requestContext"]["authorizer"]["jwt"]["claims"]
        claims["email_verified"] = self._chance.choice(("false", "", "1", "yes"))
        return asked

    def _with_body(self) -> str:
        return self._chance.choice([it for it, (_, body) in TABLE.items() if body])

    def _any(self, routes: Iterable[str]) -> str:
        return self._chance.choice([it for it in routes if it != RIGHT_BUT_REFUSED])

    def _who_may(self, route: str) -> str:
        return "anyone" if TABLE[route][0] == "*" else COMMISSIONER
