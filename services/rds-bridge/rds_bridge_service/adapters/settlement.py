"""Results and settlements: games and awards are written here, accounts are made of what is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, Table, delete, func, select, update

from rds_bridge_service.adapters import tables as t
from rds_bridge_service.adapters.auctions import members_concerned
from rds_bridge_service.adapters.database import reading, writing
from rds_bridge_service.adapters.inserting import insert_rows
from rds_bridge_service.logic.results_file import Game
from rds_bridge_service.logic.settlement.importing import NewResults, Tournament
from rds_bridge_service.logic.settlement.settle import Facts, SoldLot, Win
from shared.auction import Slot
from shared.errors import NotFound
from shared.settlement import ResultsImported, SettlementRules


class SqlSettlements:
    """Implements `logic.settlement.importing.Tournaments`, and reads what a settlement takes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace(
        self, auction_id: str, results_for: Callable[[Tournament], NewResults]
    ) -> ResultsImported:
        def replace_all(connection: Connection) -> ResultsImported:
            _take_turns(connection, auction_id)
            auction = _auction(connection, auction_id)
            slots = slots_of_tournament(connection, auction.tournament_id)
            new = results_for(Tournament(slots, _rules(auction.settlement_rules)))
            of_league = t.league.c.league_id == auction.league_id
            next_version = t.league.c.version + 1
            connection.execute(update(t.league).where(of_league).values(version=next_version))
            return put_results(connection, auction.tournament_id, auction.league_id, new)

        return writing(self._engine, replace_all)

    def facts(self, auction_id: str) -> Facts:
        """All that the settlement of an auction depends on.

        Raises:
            NotFound: there is no such auction.
        """
        return reading(self._engine, lambda connection: facts_of(connection, auction_id))


def facts_of(connection: Connection, auction_id: str) -> Facts:
    """All that the settlement of an auction depends on.

    Raises:
        NotFound: there is no such auction.
    """
    auction = _auction(connection, auction_id)
    return Facts(
        auction_id=auction_id,
        title=auction.title,
        closed=auction.status == "closed",
        rules=_rules(auction.settlement_rules),
        members=members_concerned(connection, auction_id),
        sales=_sales(connection, auction_id),
        slots=slots_of_tournament(connection, auction.tournament_id),
        wins=_wins(connection, auction.tournament_id),
        awards=_awards(connection, auction.league_id),
    )


def put_results(
    connection: Connection, tournament_id: str, league_id: str, new: NewResults
) -> ResultsImported:
    """Keep these results instead of what there was."""
    ours = t.game.c.tournament_id == tournament_id
    _replace(connection, t.game, ours, _game_rows(tournament_id, new.games))
    of_league = t.award.c.league_id == league_id
    if new.awards is not None:
        rows = _award_rows(tournament_id, league_id, new.awards)
        _replace(connection, t.award, of_league, rows)
    made = connection.execute(select(func.count()).select_from(t.award).where(of_league))
    return ResultsImported(len(new.games), new.games_in_all, int(made.scalar_one()))


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


def _take_turns(connection: Connection, auction_id: str) -> None:
    """With the changes that people make over HTTP: an update that changes nothing locks the
    auction's row until the commit, on every database."""
    connection.execute(
        update(t.auction)
        .where(t.auction.c.auction_id == auction_id)
        .values(title=t.auction.c.title)
    )


def _replace(connection: Connection, table: Table, of: Any, rows: list[dict[str, Any]]) -> None:
    connection.execute(delete(table).where(of))
    insert_rows(connection, table, rows)


def _game_rows(tournament_id: str, games: Sequence[Game]) -> list[dict[str, Any]]:
    return [
        {"tournament_id": tournament_id, "number": number, **msgspec.structs.asdict(game)}
        for number, game in enumerate(games, start=1)
    ]


def _award_rows(
    tournament_id: str, league_id: str, awards: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "league_id": league_id,
            "rule": rule,
            "tournament_id": tournament_id,
            "slot_id": slot_id,
        }
        for rule, slot_id in awards.items()
    ]
