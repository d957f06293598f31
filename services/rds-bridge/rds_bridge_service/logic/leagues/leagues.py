"""Leagues themselves: made, listed, renamed, deleted."""

from __future__ import annotations

import hashlib

from rds_bridge_service.logic.importing import NewLeague
from rds_bridge_service.logic.leagues.call import (
    Answer,
    Call,
    Inside,
    after,
    cursor_after,
    require_email,
    require_name,
    require_planned,
    require_version,
)
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow, MemberRow, Rows
from rds_bridge_service.logic.roster import read_sold_field
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from shared.auction import LeagueRules, Member
from shared.errors import ImportRefused, NotFound
from shared.fields import Id
from shared.leagues import ChangeLeague, CreateLeague, League, LeaguesPage
from shared.limits import MAX_LEAGUES
from shared.settlement import SettlementRules


def create_league(desk: Desk, call: Call) -> Answer:
    """Make a league for a tournament. Whoever makes it is its commissioner."""
    made = desk.leagues.add(_new_league(call, call.body), most=MAX_LEAGUES)

    def read(rows: Rows) -> Answer:
        league = rows.of_members.league(made.league_id)
        me = rows.of_members.user(made.league_id, call.user_id)
        if league is None or me is None or me.status != "active":
            raise NotFound("this league was made, and is no longer yours")
        return _told(league, me, location=f"/leagues/{made.league_id}")

    return desk.book.reading(read)


def list_leagues(desk: Desk, call: Call) -> Answer:
    """The leagues that the caller is in."""
    start = after(call.cursor, Id, "")
    found = desk.book.reading(
        lambda rows: rows.of_members.leagues_of(call.user_id, start, call.limit + 1)
    )
    page = found[: call.limit]
    more = cursor_after(page[-1].league_id) if len(found) > len(page) else None
    return Answer(LeaguesPage(tuple(page), more))


def read_league(it: Inside) -> Answer:
    """A league, and what the caller is in it."""
    return _told(it.league, it.me)


def change_league(it: Inside) -> Answer:
    """Give a league another name."""
    change: ChangeLeague = it.call.body
    require_version(it.call.version, it.league.version)
    name = require_name(change.name, "$.name")
    it.rows.of_members.change_league(it.league, name=name)
    changed = it.rows.of_members.league(it.league.league_id)
    if changed is None:
        raise NotFound("there is no such league")
    return _told(changed, it.me)


def delete_league(it: Inside) -> Answer:
    """Delete a league whose auction was never opened, with all that belongs to it."""
    require_version(it.call.version, it.league.version)
    require_planned(it.league)
    number = -1
    while page := it.rows.of_members.members(it.league.league_id, number, 100):
        for member in page:
            it.rows.of_members.notify(it.league.auction_id, member.user_id)
        number = page[-1].number
    it.rows.of_members.delete_league(it.league)
    return Answer()


def _new_league(call: Call, asked: CreateLeague) -> NewLeague:
    file = asked.tournament
    field = read_sold_field(file.teams_csv, file.bundled_seeds)
    email = require_email(call)
    name = require_name(asked.name, "$.name")
    member_name = require_name(asked.member_name, "$.member_name")
    if field.problems:
        raise ImportRefused(list(field.problems))
    once = hashlib.sha256(f"{call.user_id} {call.key}".encode()).hexdigest()
    return NewLeague(
        import_id=f"api-{once[:48]}",
        league_name=name,
        tournament_name=require_name(file.name, "$.tournament.name"),
        rules=LeagueRules(),
        settlement=checked_rules(SettlementRules(), rounds_of(field.slots)),
        slots=field.slots,
        lots=field.lots,
        members=(Member(0, call.user_id, member_name, "commissioner"),),
        emails=(email,),
    )


def _told(league: LeagueRow, me: MemberRow, location: str | None = None) -> Answer:
    body = League(
        league_id=league.league_id,
        name=league.name,
        role=me.role,
        number=me.number,
        auction_id=league.auction_id,
        auction_status=league.auction_status,
        tournament_name=league.tournament_name,
        version=league.version,
    )
    return Answer(body, version=league.version, location=location)
