"""Who is in a league and as what. The live auction is told of every change that it has to heed."""

from __future__ import annotations

import msgspec

from rds_bridge_service.logic.leagues.call import (
    Answer,
    Call,
    Inside,
    after,
    cursor_after,
    heed_version,
    require_email,
    require_name,
    require_not_closed,
    require_version,
)
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow, MemberRow, Rows
from shared.errors import AlreadyMember, CommissionerNeeded, Forbidden, LeagueFull, NotFound
from shared.fields import MemberNumber
from shared.leagues import ChangeBudget, ChangeRole, JoinLeague, LeagueMember, MembersPage
from shared.limits import MAX_MEMBERS

MANAGERS = ("commissioner", "admin")


def join_league(desk: Desk, call: Call) -> Answer:
    """Join by an invitation's code, as a bidder; who is in the league already stays what they are.

    Who has left may come back; who was removed only by the commissioner, who gives them a role.
    """
    asked: JoinLeague = call.body
    email = require_email(call)
    name = require_name(asked.member_name, "$.member_name")

    def join(rows: Rows) -> Answer:
        league_id = rows.of_members.lock_invited(asked.code)
        league = rows.of_members.league(league_id) if league_id else None
        if league is None:
            raise NotFound("there is no such invitation")
        known = rows.of_members.user(league.league_id, call.user_id)
        if known is None:
            require_not_closed(league)
            known = _newcomer(rows, league, call.user_id, email, name)
        elif known.status == "removed":
            raise Forbidden("you were removed from this league; ask its commissioner")
        elif known.status == "left":
            require_not_closed(league)
            back = msgspec.structs.replace(known, status="active", role="bidder", name=name)
            known = rows.of_members.put_member(league.league_id, back)
            rows.of_members.notify(league.auction_id, call.user_id)
        return _told(known, known, location=_path(league, known))

    return desk.book.writing(join)


def leave_league(it: Inside) -> Answer:
    """Leave a league. What one has bought stays one's own; the commissioner hands over first."""
    if it.me.role == "commissioner":
        raise CommissionerNeeded("make somebody else the commissioner first")
    heed_version(it.call.version, it.me.version)
    _put(it, msgspec.structs.replace(it.me, status="left"))
    return Answer()


def list_members(it: Inside) -> Answer:
    """The members by number, with those who have left."""
    start = after(it.call.cursor, MemberNumber, -1)
    found = it.rows.of_members.members(it.league.league_id, start, it.call.limit + 1)
    page = found[: it.call.limit]
    more = cursor_after(page[-1].number) if len(found) > len(page) else None
    return Answer(MembersPage(tuple(_seen_by(it.me, member) for member in page), more))


def read_member(it: Inside) -> Answer:
    """A member."""
    return _told(it.me, _member(it))


def change_role(it: Inside) -> Answer:
    """Give a member another role; it also lets in again who has left or was removed.

    The role of commissioner is handed over: whoever had it is an admin from then on.
    """
    change: ChangeRole = it.call.body
    member = _member(it)
    require_version(it.call.version, member.version)
    if member.role == "commissioner" and change.role != "commissioner":
        raise CommissionerNeeded("make somebody else the commissioner first")
    if change.role == "commissioner" and member.number != it.me.number:
        _put(it, msgspec.structs.replace(it.me, role="admin"))
    changed = msgspec.structs.replace(member, role=change.role, status="active")
    return _told(it.me, _put(it, changed))


def change_budget(it: Inside) -> Answer:
    """Change the most that a member may spend; in a running auction from the next lot on."""
    change: ChangeBudget = it.call.body
    require_not_closed(it.league)
    member = _member(it)
    require_version(it.call.version, member.version)
    changed = msgspec.structs.replace(member, budget_cents=change.budget_cents)
    kept = it.rows.of_members.put_member(it.league.league_id, changed)
    if it.league.auction_status == "open":
        it.rows.of_members.notify(it.league.auction_id, None)
    return _told(it.me, kept)


def remove_member(it: Inside) -> Answer:
    """Remove a member. What they bought stays theirs; their connections to the auction end."""
    member = _member(it)
    if member.role == "commissioner":
        raise CommissionerNeeded("make somebody else the commissioner first")
    if member.role == "admin" and it.me.role != "commissioner":
        raise Forbidden("only the commissioner may remove an admin")
    heed_version(it.call.version, member.version)
    _put(it, msgspec.structs.replace(member, status="removed"))
    return Answer()


def _newcomer(rows: Rows, league: LeagueRow, user_id: str, email: str, name: str) -> MemberRow:
    number = rows.of_members.next_number(league.league_id)
    if number >= MAX_MEMBERS:
        raise LeagueFull(f"a league has had at most {MAX_MEMBERS} members")
    if rows.of_members.has_email(league.league_id, email):
        raise AlreadyMember("a member with your e-mail address has another user")
    member = MemberRow(number, user_id, email, name, "bidder", "active", version=1)
    rows.of_members.add_member(league.league_id, member)
    rows.of_members.notify(league.auction_id, user_id)
    return member


def _member(it: Inside) -> MemberRow:
    member = it.rows.of_members.member(it.league.league_id, it.call.number)
    if member is None:
        raise NotFound("there is no such member")
    return member


def _put(it: Inside, member: MemberRow) -> MemberRow:
    it.rows.of_members.notify(it.league.auction_id, member.user_id)
    return it.rows.of_members.put_member(it.league.league_id, member)


def _told(me: MemberRow, member: MemberRow, location: str | None = None) -> Answer:
    return Answer(_seen_by(me, member), version=member.version, location=location)


def _seen_by(me: MemberRow, member: MemberRow) -> LeagueMember:
    may_write_to = me.role in MANAGERS or me.number == member.number
    return LeagueMember(
        number=member.number,
        name=member.name,
        role=member.role,
        status=member.status,
        version=member.version,
        budget_cents=member.budget_cents,
        email=member.email if may_write_to else None,
    )


def _path(league: LeagueRow, member: MemberRow) -> str:
    return f"/leagues/{league.league_id}/members/{member.number}"
