"""Importing results: the tournament's games and the league's awards, replaced whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from rds_bridge_service.logic.csv_file import shown
from rds_bridge_service.logic.results_file import Game, read_results
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import tidy
from shared.auction import Slot
from shared.errors import ImportRefused, InvalidMessage
from shared.settlement import ImportResults, ResultsImported, SettlementRules


class Tournament(msgspec.Struct, frozen=True):
    """An auction's tournament with its field, and the rules of the league that holds it."""

    tournament_id: str
    league_id: str
    slots: tuple[Slot, ...]
    rules: SettlementRules


class Tournaments(Protocol):
    """Where results are kept."""

    def tournament_of(self, auction_id: str) -> Tournament:
        """Raises NotFound: there is no such auction."""
        ...

    def replace(
        self, tournament: Tournament, games: Sequence[Game], awards: Mapping[str, str] | None
    ) -> int:
        """Keep these games, and these awards unless None, instead of what there was.

        Returns:
            How many awards the league has made now.
        """
        ...


def import_results(request: ImportResults, tournaments: Tournaments) -> ResultsImported:
    """Replace all results of an auction's tournament, or nothing.

    Raises:
        NotFound: there is no such auction.
        ImportRefused: the file has problems.
        InvalidMessage: an award is for no rule that is awarded by hand, or to no team.
    """
    tournament = tournaments.tournament_of(request.auction_id)
    results = read_results(request.results_csv, tournament.slots)
    if results.problems:
        raise ImportRefused(list(results.problems))
    awards = None if request.awards is None else _awards(request.awards, tournament)
    made = tournaments.replace(tournament, results.games, awards)
    return ResultsImported(
        games=len(results.games),
        games_in_all=sum(it.games for it in rounds_of(tournament.slots)),
        awards=made,
    )


def _awards(asked: Mapping[str, str], tournament: Tournament) -> dict[str, str]:
    """Slot ids by rule; both are found in whatever case they are written."""
    by_hand = {it.name.casefold(): it.name for it in tournament.rules.payouts if it.round is None}
    slot_of = {team.casefold(): it.slot_id for it in tournament.slots for team in it.teams}
    awards = {}
    for name, team in asked.items():
        rule = by_hand.get(tidy(name).casefold())
        if rule is None:
            names = ", ".join(by_hand.values()) or "none"
            raise InvalidMessage(
                f"no payout named {shown(name)} is awarded by hand; those that are: {names}",
                field="$.awards",
            )
        slot_id = slot_of.get(tidy(team).casefold())
        if slot_id is None:
            raise InvalidMessage(f"the team {shown(team)} is not in the field", field="$.awards")
        awards[rule] = slot_id
    return awards
