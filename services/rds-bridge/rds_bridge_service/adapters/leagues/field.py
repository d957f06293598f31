"""A league's tournament, lots and results as rows of one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.auctions import lots_of_auction, sales_of
from rds_bridge_service.adapters.inserting import insert_rows
from rds_bridge_service.adapters.leagues.deleting import delete_field, delete_lots
from rds_bridge_service.adapters.leagues.leagues import (
    lot_rows,
    lot_slot_rows,
    slot_rows,
    team_rows,
)
from rds_bridge_service.adapters.settlement import facts_of, put_results, slots_of_tournament
from rds_bridge_service.logic.leagues.ports import LeagueRow
from rds_bridge_service.logic.settlement.importing import NewResults
from rds_bridge_service.logic.settlement.settle import Facts
from shared.auction import Lot, Slot
from shared.bridge import Sales
from shared.leagues import GamePlayed
from shared.settlement import ResultsImported


class SqlFieldRows:
    """Implements `logic.leagues.ports.FieldRows`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def slots(self, tournament_id: str) -> tuple[Slot, ...]:
        return slots_of_tournament(self._connection, tournament_id)

    def lots(self, auction_id: str) -> tuple[Lot, ...]:
        return lots_of_auction(self._connection, auction_id)

    def put_field(self, league: LeagueRow, name: str, slots: Sequence[Slot]) -> None:
        delete_field(self._connection, league)
        self._connection.execute(
            update(t.tournament)
            .where(t.tournament.c.tournament_id == league.tournament_id)
            .values(name=name)
        )
        insert_rows(self._connection, t.slot, slot_rows(league.tournament_id, slots))
        insert_rows(self._connection, t.team, team_rows(league.tournament_id, slots))

    def put_lots(self, league: LeagueRow, lots: Sequence[Lot]) -> None:
        delete_lots(self._connection, league.auction_id)
        insert_rows(self._connection, t.lot, lot_rows(league.auction_id, lots))
        in_lots = lot_slot_rows(league.auction_id, league.tournament_id, lots)
        insert_rows(self._connection, t.lot_slot, in_lots)

    def games(self, tournament_id: str) -> tuple[GamePlayed, ...]:
        columns = [t.game.c[name] for name in GamePlayed.__struct_fields__]
        rows = self._connection.execute(
            select(*columns)
            .where(t.game.c.tournament_id == tournament_id)
            .order_by(t.game.c.number)
        )
        return tuple(GamePlayed(**row._mapping) for row in rows)

    def awards(self, league_id: str) -> dict[str, str]:
        rows = self._connection.execute(
            select(t.award.c.rule, t.award.c.slot_id).where(t.award.c.league_id == league_id)
        )
        return {row.rule: row.slot_id for row in rows}

    def put_results(self, league: LeagueRow, new: NewResults) -> ResultsImported:
        return put_results(self._connection, league.tournament_id, league.league_id, new)

    def facts(self, auction_id: str) -> Facts:
        return facts_of(self._connection, auction_id)

    def sales(self, auction_id: str) -> Sales:
        return sales_of(self._connection, auction_id)
