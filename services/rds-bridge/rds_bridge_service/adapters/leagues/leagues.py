"""Keeping an imported league: tournament, members, auction and lots in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, func, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.adapters.inserting import insert_rows
from rds_bridge_service.logic.importing import NewLeague
from shared.auction import Lot, Slot
from shared.bridge import LeagueImported
from shared.errors import TooManyLeagues
from shared.synthetic import is_synthetic, synthetic_id


class SqlLeagues:
    """Leagues in the database; implements `logic.importing.Leagues`.

    Args:
        new_id: makes the ids of tournament, league and auction.
    """

    def __init__(self, engine: Engine, new_id: Callable[[], str]) -> None:
        self._engine = engine
        self._new_id = new_id

    def imported(self, import_id: str) -> LeagueImported | None:
        return reading(self._engine, lambda connection: _imported(connection, import_id))

    def add(self, league: NewLeague, most: int | None = None) -> LeagueImported:
        led = _led_by_the_commissioner(league)

        def insert_once(connection: Connection) -> LeagueImported:
            if most is not None:  # whoever makes many at once makes one after the other
                connection.execute(update(t.member).where(led).values(role=t.member.c.role))
            made = _imported(connection, league.import_id)
            if made is None and most is not None and _count(connection, led) >= most:
                raise TooManyLeagues(f"nobody makes more than {most} leagues")
            return made or self._insert(connection, league)

        return writing(self._engine, insert_once)

    def _insert(self, connection: Connection, league: NewLeague) -> LeagueImported:
        ids = [self._new_id() for _ in range(3)]
        if is_synthetic(league.import_id):
            ids = [synthetic_id(it) for it in ids]
        tournament_id, league_id, auction_id = ids
        rows: list[tuple[Any, list[dict[str, Any]]]] = [
            (t.tournament, [{"tournament_id": tournament_id, "name": league.tournament_name}]),
            (t.slot, slot_rows(tournament_id, league.slots)),
            (t.team, team_rows(tournament_id, league.slots)),
            (t.league, [_league_row(league_id, tournament_id, league)]),
            (t.member, _member_rows(league_id, league)),
            (t.auction, [_auction_row(auction_id, league_id, league)]),
            (t.lot, lot_rows(auction_id, league.lots)),
            (t.lot_slot, lot_slot_rows(auction_id, tournament_id, league.lots)),
        ]
        for table, of_table in rows:
            insert_rows(connection, table, of_table)
        return LeagueImported(
            league_id=league_id,
            auction_id=auction_id,
            lots=len(league.lots),
            members=len(league.members),
        )


def _led_by_the_commissioner(league: NewLeague) -> ColumnElement[bool]:
    [user_id] = (it.user_id for it in league.members if it.role == "commissioner")
    return (t.member.c.user_id == user_id) & (t.member.c.role == "commissioner")


def _count(connection: Connection, members: ColumnElement[bool]) -> int:
    found = connection.execute(select(func.count()).select_from(t.member).where(members))
    return int(found.scalar_one())


def _imported(connection: Connection, import_id: str) -> LeagueImported | None:
    lots = (
        select(func.count()).where(t.lot.c.auction_id == t.auction.c.auction_id).scalar_subquery()
    )
    members = (
        select(func.count()).where(t.member.c.league_id == t.league.c.league_id).scalar_subquery()
    )
    row = connection.execute(
        select(
            t.league.c.league_id,
            t.auction.c.auction_id,
            lots.label("lots"),
            members.label("members"),
        )
        .join_from(t.league, t.auction)
        .where(t.league.c.import_id == import_id)
    ).one_or_none()
    return LeagueImported(**row._mapping) if row else None


def slot_rows(tournament_id: str, slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """A field's slots, as rows."""
    return [
        {
            "tournament_id": tournament_id,
            "slot_id": slot.slot_id,
            "region": slot.region,
            "seed": slot.seed,
        }
        for slot in slots
    ]


def team_rows(tournament_id: str, slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """A field's teams, as rows."""
    return [
        {"tournament_id": tournament_id, "slot_id": slot.slot_id, "place": place, "name": name}
        for slot in slots
        for place, name in enumerate(slot.teams, start=1)
    ]


def _league_row(league_id: str, tournament_id: str, league: NewLeague) -> dict[str, Any]:
    return {
        "league_id": league_id,
        "import_id": league.import_id,
        "tournament_id": tournament_id,
        "name": league.league_name,
        "rules": msgspec.json.encode(league.rules).decode(),
        "settlement_rules": msgspec.json.encode(league.settlement).decode(),
    }


def _member_rows(league_id: str, league: NewLeague) -> list[dict[str, Any]]:
    return [
        {"league_id": league_id, "email": email, **msgspec.structs.asdict(member)}
        for member, email in zip(league.members, league.emails, strict=True)
    ]


def _auction_row(auction_id: str, league_id: str, league: NewLeague) -> dict[str, Any]:
    return {
        "auction_id": auction_id,
        "league_id": league_id,
        "title": league.league_name,
        "status": "planned",
        "status_seq": 0,
    }


def lot_rows(auction_id: str, lots: Sequence[Lot]) -> list[dict[str, Any]]:
    """An auction's lots, as rows."""
    return [
        {
            "auction_id": auction_id,
            "lot_id": lot.lot_id,
            "position": lot.position,
            "name": lot.name,
        }
        for lot in lots
    ]


def lot_slot_rows(auction_id: str, tournament_id: str, lots: Sequence[Lot]) -> list[dict[str, Any]]:
    """Which slots are in which lot, as rows."""
    return [
        {
            "auction_id": auction_id,
            "lot_id": lot.lot_id,
            "tournament_id": tournament_id,
            "slot_id": slot.slot_id,
        }
        for lot in lots
        for slot in lot.slots
    ]
