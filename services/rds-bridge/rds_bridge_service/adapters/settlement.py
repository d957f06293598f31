"""Results and settlements: games and awards are written here, accounts are made of what is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.logic.results_file import Game
from rds_bridge_service.logic.settlement.importing import Tournament
from rds_bridge_service.logic.settlement.settle import Facts, SoldLot, Win
from shared.auction import Member, Slot
from shared.errors import NotFound
from shared.settlement import SettlementRules


class SqlSettlements:
    """Implements `logic.settlement.importing.Tournaments`, and reads what a settlement takes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tournament_of(self, auction_id: str) -> Tournament:
        with reading(self._engine) as connection:
            auction = _auction(connection, auction_id)
            return Tournament(
                tournament_id=auction.tournament_id,
                league_id=auction.league_id,
                slots=slots_of_tournament(connection, auction.tournament_id),
                rules=_rules(auction.settlement_rules),
            )

    def replace(
        self, tournament: Tournament, games: Sequence[Game], awards: Mapping[str, str] | None
    ) -> int:
        def replace_all(connection: Connection) -> int:
            _take_turns(connection, tournament.tournament_id)
            ours = t.game.c.tournament_id == tournament.tournament_id
            _replace(connection, t.game, ours, _game_rows(tournament, games))
            of_league = t.award.c.league_id == tournament.league_id
            if awards is not None:
                _replace(connection, t.award, of_league, _award_rows(tournament, awards))
            made = connection.execute(select(func.count()).select_from(t.award).where(of_league))
            return int(made.scalar_one())

        return writing(self._engine, replace_all)

    def facts(self, auction_id: str) -> Facts:
        """All that the settlement of an auction depends on.

        Raises:
            NotFound: there is no such auction.
        """
        with reading(self._engine) as connection:
            auction = _auction(connection, auction_id)
            return Facts(
                auction_id=auction_id,
                title=auction.title,
                closed=auction.status == "closed",
                rules=_rules(auction.settlement_rules),
                members=_members(connection, auction.league_id),
                sales=_sales(connection, auction_id),
                slots=slots_of_tournament(connection, auction.tournament_id),
                wins=_wins(connection, auction.tournament_id),
                awards=_awards(connection, auction.league_id),
            )


def _auction(connection: Connection, auction_id: str) -> Row[*tuple[Any, ...]]:
    row = connection.execute(
        select(
            t.auction.c.title,
            t.auction.c.status,
            t.league.c.league_id,
            t.league.c.tournament_id,
            t.league.c.settlement_rules,
        )
        .join_from(t.auction, t.league)
        .where(t.auction.c.auction_id == auction_id)
    ).one_or_none()
    if row is None:
        raise NotFound("there is no such auction")
    return row


def _rules(stored: str | None) -> SettlementRules:
    """A league from before there were such rules has the default ones."""
    return (
        SettlementRules() if stored is None else msgspec.json.decode(stored, type=SettlementRules)
    )


def slots_of_tournament(connection: Connection, tournament_id: str) -> tuple[Slot, ...]:
    """The field by slot id, from one row a team."""
    rows = connection.execute(
        select(t.slot.c.slot_id, t.slot.c.region, t.slot.c.seed, t.team.c.name)
        .join_from(t.slot, t.team)
        .where(t.slot.c.tournament_id == tournament_id)
        .order_by(t.slot.c.slot_id, t.team.c.place)
    )
    by_slot = groupby(rows, key=lambda row: (row.slot_id, row.region, row.seed))
    return tuple(Slot(*slot, teams=tuple(row.name for row in of_slot)) for slot, of_slot in by_slot)


def _members(connection: Connection, league_id: str) -> tuple[Member, ...]:
    columns = [t.member.c[name] for name in Member.__struct_fields__]
    rows = connection.execute(select(*columns).where(t.member.c.league_id == league_id))
    return tuple(Member(**row._mapping) for row in rows)


def _sales(connection: Connection, auction_id: str) -> tuple[SoldLot, ...]:
    rows = connection.execute(
        select(t.sale.c.lot_id, t.sale.c.owner, t.sale.c.price_cents, t.lot_slot.c.slot_id)
        .join_from(
            t.sale,
            t.lot_slot,
            (t.sale.c.auction_id == t.lot_slot.c.auction_id)
            & (t.sale.c.lot_id == t.lot_slot.c.lot_id),
        )
        .where(t.sale.c.auction_id == auction_id, t.sale.c.status == "sold")
        .order_by(t.sale.c.lot_id, t.lot_slot.c.slot_id)
    )
    by_lot = groupby(rows, key=lambda row: (row.lot_id, row.owner, row.price_cents))
    return tuple(
        SoldLot(owner, price_cents, tuple(row.slot_id for row in of_lot))
        for (_, owner, price_cents), of_lot in by_lot
    )


def _wins(connection: Connection, tournament_id: str) -> tuple[Win, ...]:
    winner = (t.game.c.tournament_id == t.team.c.tournament_id) & (t.game.c.winner == t.team.c.name)
    rows = connection.execute(
        select(t.game.c.round, t.team.c.slot_id)
        .join_from(t.game, t.team, winner)
        .where(t.game.c.tournament_id == tournament_id)
        .order_by(t.game.c.number)
    )
    return tuple(Win(**row._mapping) for row in rows)


def _awards(connection: Connection, league_id: str) -> dict[str, str]:
    rows = connection.execute(
        select(t.award.c.rule, t.award.c.slot_id).where(t.award.c.league_id == league_id)
    )
    return {row.rule: row.slot_id for row in rows}


def _take_turns(connection: Connection, tournament_id: str) -> None:
    """An update that changes nothing locks the row until the commit, on every database."""
    connection.execute(
        update(t.tournament)
        .where(t.tournament.c.tournament_id == tournament_id)
        .values(name=t.tournament.c.name)
    )


def _replace(connection: Connection, table: Table, of: Any, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(table).where(of))
    if rows:
        connection.execute(insert(table), rows)


def _game_rows(tournament: Tournament, games: Sequence[Game]) -> list[dict[str, Any]]:
    return [
        {
            "tournament_id": tournament.tournament_id,
            "number": number,
            **msgspec.structs.asdict(game),
        }
        for number, game in enumerate(games, start=1)
    ]


def _award_rows(tournament: Tournament, awards: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "league_id": tournament.league_id,
            "rule": rule,
            "tournament_id": tournament.tournament_id,
            "slot_id": slot_id,
        }
        for rule, slot_id in awards.items()
    ]
