"""What happened: results of the tournament, sales of the auction, and what they come to."""

from __future__ import annotations

from rds_bridge_service.logic.leagues.call import Answer, Call, Inside
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow
from rds_bridge_service.logic.settlement.importing import import_results as import_file
from rds_bridge_service.logic.settlement.settle import settle as settled
from shared.bridge import ListSales
from shared.leagues import Results, ResultsFile
from shared.settlement import ImportResults


def read_results(it: Inside) -> Answer:
    """The games that were played, and the awards that were made by hand."""
    return Answer(
        Results(
            games=it.rows.of_field.games(it.league.tournament_id),
            awards=it.rows.of_field.awards(it.league.league_id),
        )
    )


def import_results(desk: Desk, call: Call, league: LeagueRow) -> Answer:
    """Replace all results; the same file again changes nothing."""
    file: ResultsFile = call.body
    request = ImportResults(league.auction_id, file.results_csv, file.awards)
    return Answer(import_file(request, desk.settlements))


def settle(desk: Desk, call: Call, league: LeagueRow) -> Answer:
    """Everybody's account as it would be if nothing more happened."""
    return Answer(settled(desk.settlements.facts(league.auction_id)))


def list_sales(desk: Desk, call: Call, league: LeagueRow) -> Answer:
    """The sales that stand."""
    return Answer(desk.auctions.list_sales(ListSales(league.auction_id)))
