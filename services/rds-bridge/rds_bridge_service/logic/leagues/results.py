"""What happened: results of the tournament, sales of the auction, and what they come to."""

from __future__ import annotations

from rds_bridge_service.logic.leagues.call import Answer, File, Inside, require_version
from rds_bridge_service.logic.settlement.importing import Tournament, checked_results
from rds_bridge_service.logic.settlement.settle import settle as settled
from shared.leagues import Results, ResultsFile
from shared.settlement import Settlement
from shared.settlement_export import CSV_TYPE, XLSX_TYPE, csv_of, xlsx_of


def read_results(it: Inside) -> Answer:
    """The games that were played, and the awards that were made by hand."""
    results = Results(
        games=it.rows.of_field.games(it.league.tournament_id),
        awards=it.rows.of_field.awards(it.league.league_id),
    )
    return Answer(results, version=it.league.version)


def import_results(it: Inside) -> Answer:
    """Replace all results, and the awards if there are any in the file."""
    file: ResultsFile = it.call.body
    require_version(it.call.version, it.league.version)
    slots = it.rows.of_field.slots(it.league.tournament_id)
    tournament = Tournament(slots, it.league.settlement)
    new = checked_results(tournament, file.results_csv, file.awards)
    imported = it.rows.of_field.put_results(it.league, new)
    return Answer(imported, version=it.rows.of_members.change_league(it.league))


def settle(it: Inside) -> Answer:
    """Everybody's account as it would be if nothing more happened."""
    return Answer(_settlement(it))


def export_csv(it: Inside) -> Answer:
    """The accounts as a table, in dollars.

    In a text that a spreadsheet could take for a formula, an apostrophe comes first.
    """
    return Answer(File("settlement.csv", CSV_TYPE, csv_of(_settlement(it))))


def export_xlsx(it: Inside) -> Answer:
    """The accounts as a workbook, in dollars."""
    return Answer(File("settlement.xlsx", XLSX_TYPE, xlsx_of(_settlement(it))))


def list_sales(it: Inside) -> Answer:
    """The sales that stand."""
    return Answer(it.rows.of_field.sales(it.league.auction_id))


def _settlement(it: Inside) -> Settlement:
    return settled(it.rows.of_field.facts(it.league.auction_id))
