"""Importing a league: once for each `import_id`, all of it or nothing."""

from __future__ import annotations

from typing import Protocol

import msgspec

from rds_bridge_service.logic.csv_file import name_problem
from rds_bridge_service.logic.roster import read_roster, user_problems
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from shared.auction import LeagueRules, Lot, Member, Slot
from shared.bridge import ImportLeague, LeagueImported, PreviewImport
from shared.errors import ImportRefused, InvalidMessage
from shared.limits import MAX_BID_RULES
from shared.settlement import SettlementRules
from shared.synthetic import CANARY_EMAIL, is_synthetic


class NewLeague(msgspec.Struct, frozen=True):
    """All that an import makes; `emails` are the members' addresses, by member number."""

    import_id: str
    league_name: str
    tournament_name: str
    rules: LeagueRules
    settlement: SettlementRules
    slots: tuple[Slot, ...]
    lots: tuple[Lot, ...]
    members: tuple[Member, ...]
    emails: tuple[str, ...]


class Leagues(Protocol):
    """Where leagues are kept."""

    def imported(self, import_id: str) -> LeagueImported | None: ...

    def add(self, league: NewLeague, most: int | None = None) -> LeagueImported:
        """Keep the league, or return what the same `import_id` has made.

        Args:
            most: how many leagues its commissioner may have with it.

        Raises:
            TooManyLeagues: there are as many already.
        """
        ...


def import_league(request: ImportLeague, leagues: Leagues) -> LeagueImported:
    """Make a tournament, a league and its auction.

    Raises:
        ImportRefused: a file has problems, or a member no user; nothing was imported.
        InvalidMessage: a name, or the rules for bids or the settlement, cannot be used; or the
            canary would be in a league with people.
    """
    return leagues.imported(request.import_id) or leagues.add(_new_league(request))


def check_terms(request: ImportLeague | PreviewImport) -> None:
    """All that a league is besides its files.

    Raises:
        InvalidMessage: a name or the bid rules cannot be used.
    """
    for field in ("league_name", "tournament_name"):
        if problem := name_problem(getattr(request, field)):
            raise InvalidMessage(f"the name {problem}", field=f"$.{field}")
    check_rules(request.rules, "$.rules.bid_rules")


def _new_league(request: ImportLeague) -> NewLeague:
    check_terms(request)
    roster = read_roster(request.files)
    problems = (*roster.problems, *user_problems(roster.invitees, request.user_ids))
    if problems:
        raise ImportRefused(list(problems))
    _check_apart(request.import_id, [it.email for it in roster.invitees])
    return NewLeague(
        import_id=request.import_id,
        league_name=request.league_name,
        tournament_name=request.tournament_name,
        rules=request.rules,
        settlement=checked_rules(request.settlement, rounds_of(roster.slots)),
        slots=roster.slots,
        lots=roster.lots,
        members=tuple(
            Member(
                number=number,
                user_id=request.user_ids[it.email],
                name=it.name,
                role=it.role,
                budget_cents=it.budget_cents,
            )
            for number, it in enumerate(roster.invitees)
        ),
        emails=tuple(it.email for it in roster.invitees),
    )


def _check_apart(import_id: str, emails: list[str]) -> None:
    """People are in leagues, the canary is in a synthetic one, and neither in the other's."""
    if is_synthetic(import_id) and emails != [CANARY_EMAIL]:
        raise InvalidMessage(f"a synthetic league has one member, {CANARY_EMAIL}")
    if not is_synthetic(import_id) and CANARY_EMAIL in emails:
        raise InvalidMessage(f"{CANARY_EMAIL} is no person and can be in no league")


def check_rules(rules: LeagueRules, field: str) -> None:
    """Refuse here what would keep the auction from ever being opened.

    Raises:
        InvalidMessage: the tiers do not start at 0 or do not ascend, or are too many.
    """
    starts = [tier.from_cents for tier in rules.bid_rules]
    if starts and (starts[0] != 0 or starts != sorted(set(starts))):
        raise InvalidMessage("bid rules start at 0 and ascend", field=field)
    if len(starts) > MAX_BID_RULES:
        raise InvalidMessage(f"a league has at most {MAX_BID_RULES} bid rules", field=field)
