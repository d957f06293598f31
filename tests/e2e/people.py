"""People who use the leagues' API of the deployed system."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from shared.fields import Role
from tests.e2e.system import COMMISSIONER, TEAMS, System


class People:
    """What people ask of the leagues' API, each with a token of their own.

    Args:
        commissioner: who makes leagues, and changes them.
    """

    def __init__(self, system: System, commissioner: str = COMMISSIONER) -> None:
        self._system = system
        self._commissioner = commissioner
        self._url = system.stage.output("rds-bridge", "LeaguesApiUrl")
        self._tokens: dict[str, str] = {}

    def ask(self, method: str, path: str, email: str | None, **what: Any) -> httpx.Response:
        headers = what.pop("headers", {})
        if email is not None:
            headers |= {"authorization": f"Bearer {self._token(email)}"}
        return httpx.request(method, self._url + path, headers=headers, timeout=30, **what)

    def etag(self, path: str) -> dict[str, str]:
        """The header that a change of what is there needs now."""
        return {"if-match": self.ask("GET", path, self._commissioner).headers["etag"]}

    def league(self, *bidders: str) -> dict[str, Any]:
        """A new league, made and joined as people do."""
        made = self.ask(
            "POST",
            "/leagues",
            self._commissioner,
            headers={"idempotency-key": uuid.uuid4().hex},
            json={
                "name": "Friends",
                "member_name": "Chair",
                "tournament": {"name": "Cup", "teams_csv": TEAMS},
            },
        )
        assert made.status_code == 201, made.text
        league: dict[str, Any] = made.json()
        invite = self.ask(
            "POST", f"/leagues/{league['league_id']}/invite", self._commissioner
        ).json()
        for email in bidders:
            body = {"code": invite["code"], "member_name": email}
            assert self.ask("POST", "/memberships", email, json=body).status_code == 201
        return league

    def member(self, league_id: str, email: str) -> str:
        """The path of a member, by the address that only managers see."""
        path = f"/leagues/{league_id}/members"
        members = self.ask("GET", path, self._commissioner).json()["members"]
        [number] = [it["number"] for it in members if it["email"] == email]
        return f"{path}/{number}"

    def change(self, league_id: str, email: str, role: Role | None) -> None:
        """Give a member another role, or remove them."""
        path = self.member(league_id, email)
        if role is None:
            answer = self.ask("DELETE", path, self._commissioner)
        else:
            headers = self.etag(path)
            answer = self.ask(
                "PUT", f"{path}/role", self._commissioner, json={"role": role}, headers=headers
            )
        assert answer.status_code in (200, 204), answer.text

    def _token(self, email: str) -> str:
        if email not in self._tokens:
            self._system.users.ensure(email)
            self._tokens[email] = self._system.token(email)
        return self._tokens[email]
