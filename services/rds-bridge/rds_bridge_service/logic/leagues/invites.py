"""A league's invitation: at most one, and whoever has its code can join."""

from __future__ import annotations

from rds_bridge_service.logic.leagues.call import Answer, Inside
from shared.leagues import Invite


def read_invite(it: Inside) -> Answer:
    """The invitation there is."""
    return Answer(Invite(it.rows.of_members.invite(it.league.league_id)))


def renew_invite(it: Inside) -> Answer:
    """A new invitation; the one before is void."""
    code = it.desk.new_code()
    it.rows.of_members.put_invite(it.league.league_id, code)
    return Answer(Invite(code))


def revoke_invite(it: Inside) -> Answer:
    """No invitation: nobody can join."""
    it.rows.of_members.put_invite(it.league.league_id, None)
    return Answer()
