"""A league's rules: for bids, and for what results pay."""

from __future__ import annotations

from rds_bridge_service.logic.importing import check_rules
from rds_bridge_service.logic.leagues.call import (
    Answer,
    Inside,
    require_not_closed,
    require_planned,
    require_version,
)
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from shared.auction import LeagueRules
from shared.settlement import SettlementRules


def read_rules(it: Inside) -> Answer:
    """The rules for bids, clock and budget that the league has decided."""
    return Answer(it.league.rules, version=it.league.version)


def change_rules(it: Inside) -> Answer:
    """Other rules for bids, clock and budget; in a running auction from the next lot on."""
    rules: LeagueRules = it.call.body
    require_version(it.call.version, it.league.version)
    require_not_closed(it.league)
    check_rules(rules, "$.bid_rules")
    version = it.rows.of_members.change_league(it.league, rules=rules)
    if it.league.auction_status == "open":
        it.rows.of_members.notify(it.league.auction_id, None)
    return Answer(rules, version=version)


def read_settlement_rules(it: Inside) -> Answer:
    """The fee, the tax brackets and the payout rules."""
    return Answer(it.league.settlement, version=it.league.version)


def change_settlement_rules(it: Inside) -> Answer:
    """Another fee, tax brackets and payout rules, until the auction is opened."""
    asked: SettlementRules = it.call.body
    require_version(it.call.version, it.league.version)
    require_planned(it.league)
    rules = checked_rules(asked, rounds_of(it.rows.of_field.slots(it.league.tournament_id)))
    version = it.rows.of_members.change_league(it.league, settlement=rules)
    return Answer(rules, version=version)
