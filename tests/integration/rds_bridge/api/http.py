"""The leagues' API as API Gateway calls it, without API Gateway."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.api.respond import respond
from rds_bridge_service.wiring import Container
from tests.unit.rds_bridge.files import TEAMS

TOURNAMENT = {"name": "Tournament", "teams_csv": TEAMS, "bundled_seeds": [2]}
CREATE = {"name": "Lïga", "member_name": "Commissioner", "tournament": TOURNAMENT}

COMMISSIONER, ADMIN, BIDDER, SPECTATOR = "commissioner", "admin", "bidder", "spectator"
NUMBERS = {COMMISSIONER: 0, ADMIN: 1, BIDDER: 2, SPECTATOR: 3}


@dataclass(frozen=True)
class Response:
    """`body` is what JSON says; bytes of what is no JSON."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def etag(self) -> str:
        return self.headers["etag"]


def event(
    route: str,
    user: str | None,
    *,
    body: object = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    **path: object,
) -> dict[str, Any]:
    """What API Gateway sends for a request of a user, who is verified; None: of nobody."""
    claims = {"sub": user, "email": f"{user}@example.com", "email_verified": "true"}
    return {
        "version": "2.0",
        "routeKey": route,
        "headers": dict(headers or {}),
        "pathParameters": {name: str(it) for name, it in path.items() if it is not None},
        "queryStringParameters": dict(query or {}),
        "requestContext": {"authorizer": {"jwt": {"claims": claims}}} if user else {},
        "body": body if isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }


def _body(answer: Mapping[str, Any]) -> Any:
    if answer.get("isBase64Encoded"):
        return base64.b64decode(answer["body"], validate=True)
    return json.loads(answer["body"]) if "body" in answer else None


class Api:
    """People's way to the leagues in a database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.desk = Container({})
        self.desk.__dict__["engine"] = engine

    def ask(self, route: str, user: str | None, **what: Any) -> Response:
        return self.send(event(route, user, **what))

    def send(self, asked: dict[str, Any]) -> Response:
        answer = respond(asked, self.desk, lambda: None)
        return Response(answer["statusCode"], answer["headers"], _body(answer))

    def league(self, key: str = "key-1", user: str = COMMISSIONER) -> str:
        """The id of a new league of one member."""
        made = self.ask("POST /leagues", user, body=CREATE, headers={"idempotency-key": key})
        assert made.status == 201, made.body
        return str(made.body["league_id"])

    def invite(self, league_id: str) -> str:
        answer = self.ask("POST /leagues/{league_id}/invite", COMMISSIONER, league_id=league_id)
        return str(answer.body["code"])

    def join(self, code: str, user: str) -> Response:
        return self.ask("POST /memberships", user, body={"code": code, "member_name": user})

    def staffed(self, key: str = "key-1") -> str:
        """The id of a new league with a member of every role, numbered as in `NUMBERS`."""
        league_id = self.league(key)
        code = self.invite(league_id)
        for user in (ADMIN, BIDDER, SPECTATOR):
            assert self.join(code, user).status == 201
        for user in (ADMIN, SPECTATOR):
            assert self.change_role(league_id, NUMBERS[user], user).status == 200
        return league_id

    def change_role(self, league_id: str, number: int, role: str) -> Response:
        return self.ask(
            "PUT /leagues/{league_id}/members/{number}/role",
            COMMISSIONER,
            league_id=league_id,
            number=number,
            body={"role": role},
            headers=self.if_match(league_id, number),
        )

    def if_match(self, league_id: str, number: int | None = None) -> dict[str, str]:
        """The header that a change of the league, or of a member, needs now."""
        route = "GET /leagues/{league_id}" + ("" if number is None else "/members/{number}")
        return {"if-match": self.ask(route, COMMISSIONER, league_id=league_id, number=number).etag}

    def auction_id(self, league_id: str) -> str:
        answer = self.ask("GET /leagues/{league_id}", COMMISSIONER, league_id=league_id)
        return str(answer.body["auction_id"])

    def put(self, league_id: str, what: str, body: object, user: str = COMMISSIONER) -> Response:
        """Change what the league's version is the version of."""
        headers = self.if_match(league_id)
        route = f"PUT /leagues/{{league_id}}{what}"
        return self.ask(route, user, league_id=league_id, body=body, headers=headers)

    def noticed(self) -> list[tuple[str, str]]:
        """Auction and user of every notice that waits; no user: the rules."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(t.live_notice.c.auction_id, t.live_notice.c.user_id))
            return sorted((row.auction_id, row.user_id or "") for row in rows)

    def forget_notices(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(t.live_notice.delete())
