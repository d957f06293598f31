"""One call: whether the caller may make it, then what it does. Nobody else is told anything."""

from __future__ import annotations

from rds_bridge_service.logic.leagues.call import Answer, Call, Inside
from rds_bridge_service.logic.leagues.operation import AnyOperation, ForAnyone, ForMembers, Roles
from rds_bridge_service.logic.leagues.ports import Desk, LeagueRow, MemberRow, Rows
from shared.errors import Busy, Forbidden, NotFound, Outdated


def serve(operation: AnyOperation, call: Call, desk: Desk) -> Answer:
    """Do what is asked, if the caller may.

    Raises:
        NotFound: there is no such league, or the caller is not in it: it looks the same.
        Forbidden: the caller's role may not.
        Busy: nobody knows whether the change was made.
        CalcuttaError: whatever else the operation refuses.
    """
    if isinstance(operation, ForAnyone):
        return operation.run(desk, call)
    if operation.changes:
        return _change(operation, call, desk)
    return desk.book.reading(lambda rows: _run(operation, call, desk, rows))


def _change(operation: ForMembers, call: Call, desk: Desk) -> Answer:
    """A connection that is lost in its commit hides whether there was one. If there was, it is the
    change itself that the next attempt finds in its way: a newer version, no league, another role.
    """
    attempts = 0

    def work(rows: Rows) -> Answer:
        nonlocal attempts
        attempts += 1
        rows.of_members.lock(call.league_id)
        return _run(operation, call, desk, rows)

    try:
        return desk.book.writing(work)
    except (Outdated, NotFound, Forbidden):
        if attempts > 1:
            raise Busy("the database failed, and this may be done already; read it again") from None
        raise


def _run(operation: ForMembers, call: Call, desk: Desk, rows: Rows) -> Answer:
    league, me = _member(rows, call, operation.roles)
    return operation.run(Inside(call, rows, league, me, desk))


def _member(rows: Rows, call: Call, roles: Roles) -> tuple[LeagueRow, MemberRow]:
    me = rows.of_members.user(call.league_id, call.user_id)
    league = rows.of_members.league(call.league_id) if me and me.status == "active" else None
    if me is None or league is None:
        raise NotFound("there is no such league, or you are not a member of it")
    if me.role not in roles:
        raise Forbidden(f"this is for {' and '.join(sorted(roles))}, you are {me.role}")
    return league, me
