"""Deleting a league, or the field of its tournament, with all rows that depend on it."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.logic.leagues.ports import LeagueRow


def delete_field(connection: Connection, league: LeagueRow) -> None:
    """The field with its lots and results; the tournament itself stays."""
    connection.execute(delete(t.award).where(t.award.c.league_id == league.league_id))
    delete_lots(connection, league.auction_id)
    for table in (t.game, t.team, t.slot):
        connection.execute(delete(table).where(table.c.tournament_id == league.tournament_id))


def delete_lots(connection: Connection, auction_id: str) -> None:
    """The lots of an auction in which nothing has happened."""
    for table in (t.lot_slot, t.lot):
        connection.execute(delete(table).where(table.c.auction_id == auction_id))


def delete_league(connection: Connection, league: LeagueRow) -> None:
    """A league whose auction was never opened; each league has a tournament of its own."""
    delete_field(connection, league)
    for table in (t.auction, t.invite, t.member, t.league):
        connection.execute(delete(table).where(table.c.league_id == league.league_id))
    connection.execute(
        delete(t.tournament).where(t.tournament.c.tournament_id == league.tournament_id)
    )
