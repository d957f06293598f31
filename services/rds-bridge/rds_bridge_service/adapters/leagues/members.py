"""Leagues, members and invitations as rows of one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.inserting import insert_rows
from rds_bridge_service.adapters.leagues.deleting import delete_league
from rds_bridge_service.logic.leagues.ports import LeagueRow, MemberRow
from shared.auction import LeagueRules
from shared.leagues import League
from shared.settlement import SettlementRules
from shared.synthetic import PREFIX

OF_PEOPLE = t.league.c.league_id.not_like(f"{PREFIX}%")
"""Synthetic leagues are in no list, and no operation finds one by its id or an invitation."""


class SqlMemberRows:
    """Implements `logic.leagues.ports.MemberRows`.

    Args:
        new_id: makes the ids of notices.
    """

    def __init__(self, connection: Connection, new_id: Callable[[], str]) -> None:
        self._connection = connection
        self._new_id = new_id

    def lock(self, league_id: str) -> None:
        self._lock(t.auction.c.league_id == league_id)

    def lock_invited(self, code: str) -> str | None:
        invited = select(t.invite.c.league_id).where(t.invite.c.code == code)
        self._lock(t.auction.c.league_id == invited.scalar_subquery())
        return self._connection.execute(invited).scalar_one_or_none()

    def league(self, league_id: str) -> LeagueRow | None:
        row = self._connection.execute(
            select(
                t.league.c.league_id,
                t.league.c.name,
                t.league.c.version,
                t.league.c.rules,
                t.league.c.settlement_rules,
                t.league.c.tournament_id,
                t.tournament.c.name.label("tournament_name"),
                t.auction.c.auction_id,
                t.auction.c.status.label("auction_status"),
            )
            .join_from(t.league, t.tournament)
            .join(t.auction, t.auction.c.league_id == t.league.c.league_id)
            .where(t.league.c.league_id == league_id, OF_PEOPLE)
        ).one_or_none()
        if row is None:
            return None
        columns = dict(row._mapping)
        rules = msgspec.json.decode(columns.pop("rules"), type=LeagueRules)
        # A league from before there were such rules has the default ones.
        kept = columns.pop("settlement_rules") or "{}"
        settlement = msgspec.json.decode(kept, type=SettlementRules)
        return LeagueRow(rules=rules, settlement=settlement, **columns)

    def leagues_of(self, user_id: str, after: str, limit: int) -> list[League]:
        rows = self._connection.execute(
            select(
                t.league.c.league_id,
                t.league.c.name,
                t.member.c.role,
                t.member.c.number,
                t.auction.c.auction_id,
                t.auction.c.status.label("auction_status"),
                t.tournament.c.name.label("tournament_name"),
                t.league.c.version,
            )
            .join_from(t.member, t.league)
            .join(t.tournament)
            .join(t.auction, t.auction.c.league_id == t.league.c.league_id)
            .where(t.member.c.user_id == user_id, t.member.c.status == "active")
            .where(t.league.c.league_id > after, OF_PEOPLE)
            .order_by(t.league.c.league_id)
            .limit(limit)
        )
        return [League(**row._mapping) for row in rows]

    def change_league(
        self,
        league: LeagueRow,
        *,
        name: str | None = None,
        rules: LeagueRules | None = None,
        settlement: SettlementRules | None = None,
    ) -> int:
        changes: dict[str, Any] = {"version": league.version + 1}
        if name is not None:
            changes["name"] = name
            of_league = t.auction.c.league_id == league.league_id
            self._connection.execute(update(t.auction).where(of_league).values(title=name))
        if rules is not None:
            changes["rules"] = msgspec.json.encode(rules).decode()
        if settlement is not None:
            changes["settlement_rules"] = msgspec.json.encode(settlement).decode()
        self._connection.execute(
            update(t.league).where(t.league.c.league_id == league.league_id).values(changes)
        )
        return league.version + 1

    def delete_league(self, league: LeagueRow) -> None:
        delete_league(self._connection, league)

    def user(self, league_id: str, user_id: str) -> MemberRow | None:
        return self._one(_members(league_id).where(t.member.c.user_id == user_id))

    def member(self, league_id: str, number: int) -> MemberRow | None:
        return self._one(_members(league_id).where(t.member.c.number == number))

    def members(self, league_id: str, after: int, limit: int) -> list[MemberRow]:
        rows = self._connection.execute(
            _members(league_id)
            .where(t.member.c.number > after)
            .order_by(t.member.c.number)
            .limit(limit)
        )
        return [MemberRow(**row._mapping) for row in rows]

    def has_email(self, league_id: str, email: str) -> bool:
        return self._one(_members(league_id).where(t.member.c.email == email)) is not None

    def next_number(self, league_id: str) -> int:
        highest = select(func.max(t.member.c.number)).where(t.member.c.league_id == league_id)
        found = self._connection.execute(highest).scalar_one()
        return 0 if found is None else int(found) + 1

    def add_member(self, league_id: str, member: MemberRow) -> None:
        row = {"league_id": league_id, **msgspec.structs.asdict(member)}
        insert_rows(self._connection, t.member, [row])

    def put_member(self, league_id: str, member: MemberRow) -> MemberRow:
        kept = msgspec.structs.replace(member, version=member.version + 1)
        self._connection.execute(
            update(t.member)
            .where(t.member.c.league_id == league_id, t.member.c.number == member.number)
            .values(msgspec.structs.asdict(kept))
        )
        return kept

    def invite(self, league_id: str) -> str | None:
        of_league = select(t.invite.c.code).where(t.invite.c.league_id == league_id)
        return self._connection.execute(of_league).scalar_one_or_none()

    def put_invite(self, league_id: str, code: str | None) -> None:
        self._connection.execute(delete(t.invite).where(t.invite.c.league_id == league_id))
        if code is not None:
            insert_rows(self._connection, t.invite, [{"league_id": league_id, "code": code}])

    def notify(self, auction_id: str, user_id: str | None) -> None:
        row = {"notice_id": self._new_id(), "auction_id": auction_id, "user_id": user_id}
        insert_rows(self._connection, t.live_notice, [row])

    def _lock(self, which: ColumnElement[bool]) -> None:
        """An update that changes nothing locks the row until the commit, on every database.

        It is the auction's: whoever opens it meanwhile waits, or has done so before.
        """
        self._connection.execute(update(t.auction).where(which).values(title=t.auction.c.title))

    def _one(self, query: Select[Any]) -> MemberRow | None:
        row = self._connection.execute(query).one_or_none()
        return MemberRow(**row._mapping) if row else None


def _members(league_id: str) -> Select[Any]:
    columns = [t.member.c[name] for name in MemberRow.__struct_fields__]
    return select(*columns).where(t.member.c.league_id == league_id)
