"""One call: whether the caller may make it, then what it does. Nobody else is told anything."""

from __future__ import annotations

from rds_bridge_service.logic.leagues.call import Answer, Call, Inside
from rds_bridge_service.logic.leagues.operation import AnyOperation, ForAnyone, Roles
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow, MemberRow, Rows
from shared.errors import Forbidden, NotFound


def serve(operation: AnyOperation, call: Call, desk: Desk) -> Answer:
    """Do what is asked, if the caller may.

    Raises:
        NotFound: there is no such league, or the caller is not in it: it looks the same.
        Forbidden: the caller's role may not.
        CalcuttaError: whatever else the operation refuses.
    """
    if isinstance(operation, ForAnyone):
        return operation.run(desk, call)
    run, roles, changes = operation.run, operation.roles, operation.changes

    def work(rows: Rows) -> Answer:
        if changes:
            rows.of_members.lock(call.league_id)
        league, me = _member(rows, call, roles)
        return run(Inside(call, rows, league, me, desk))

    return desk.book.writing(work) if changes else desk.book.reading(work)


def _member(rows: Rows, call: Call, roles: Roles) -> tuple[LeagueRow, MemberRow]:
    me = rows.of_members.user(call.league_id, call.user_id)
    league = rows.of_members.league(call.league_id) if me and me.status == "active" else None
    if me is None or league is None:
        raise NotFound("there is no such league, or you are not a member of it")
    if me.role not in roles:
        raise Forbidden(f"this is for {' and '.join(sorted(roles))}, you are {me.role}")
    return league, me
