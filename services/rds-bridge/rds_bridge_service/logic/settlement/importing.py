"""Importing results: the tournament's games and the league's awards, replaced whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """A tournament's field, and the rules of the league that holds it."""

    slots: tuple[Slot, ...]
    rules: SettlementRules


class NewResults(msgspec.Struct, frozen=True):
    """All results of a tournament, in the place of those there were.

    Attributes:
        games_in_all: how many games the tournament has.
        awards: slot ids by rule; None leaves those there are.
    """

    games: tuple[Game, ...]
    games_in_all: int
    awards: dict[str, str] | None


class Tournaments(Protocol):
    """Where results are kept."""

    def replace(
        self, auction_id: str, results_for: Callable[[Tournament], NewResults]
    ) -> ResultsImported:
        """Keep the results that there are for the auction's tournament, which is read and
        changed in one transaction.

        Raises:
            NotFound: there is no such auction.
        """
        ...


def import_results(request: ImportResults, tournaments: Tournaments) -> ResultsImported:
    """Replace all results of an auction's tournament, or nothing.

    Raises:
        NotFound: there is no such auction.
        ImportRefused, InvalidMessage: see `checked_results`.
    """
    return tournaments.replace(
        request.auction_id,
        lambda tournament: checked_results(tournament, request.results_csv, request.awards),
    )


def checked_results(
    tournament: Tournament, results_csv: str, awards: Mapping[str, str] | None
) -> NewResults:
    """What a results file and teams by the names of payouts say in this tournament.

    Raises:
        ImportRefused: the file has problems.
        InvalidMessage: an award is for no rule that is awarded by hand, or to no team.
    """
    results = read_results(results_csv, tournament.slots)
    if results.problems:
        raise ImportRefused(list(results.problems))
    return NewResults(
        games=results.games,
        games_in_all=sum(it.games for it in rounds_of(tournament.slots)),
        awards=None if awards is None else _awards(awards, tournament),
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
        if rule in awards:
            raise InvalidMessage(f"the payout {shown(rule)} is awarded twice", field="$.awards")
        slot_id = slot_of.get(tidy(team).casefold())
        if slot_id is None:
            raise InvalidMessage(f"the team {shown(team)} is not in the field", field="$.awards")
        awards[rule] = slot_id
    return awards
