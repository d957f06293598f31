"""The members file: who is in the league, as what, and with how much."""

from __future__ import annotations

import re

import msgspec

from rds_bridge_service.logic.csv_file import Problems, Row, name_problem, read_rows, shown
from shared.errors import ImportProblem
from shared.fields import Role
from shared.limits import MAX_AMOUNT_CENTS, MAX_MEMBERS

FILE = "members.csv"
MAX_EMAIL_CHARS = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DOLLARS = re.compile(r"(?P<dollars>[0-9]{1,10})(\.(?P<cents>[0-9]{1,2}))?")
_ROLES: dict[str, Role] = {
    "commissioner": "commissioner",
    "admin": "admin",
    "bidder": "bidder",
    "spectator": "spectator",
}


class Invitee(msgspec.Struct, frozen=True):
    """A row of the file: a member whose user is known only by `email` (lower case)."""

    line: int
    name: str
    email: str
    role: Role
    budget_cents: int | None


class Invitees(msgspec.Struct, frozen=True):
    """The rows that can be read, in file order, and all that is wrong."""

    invitees: tuple[Invitee, ...]
    problems: tuple[ImportProblem, ...]


def read_invitees(text: str) -> Invitees:
    """The members in a file with the columns name,email,role and optionally budget (dollars)."""
    problems = Problems(FILE)
    rows = read_rows(text, ("name", "email", "role"), ("budget",), problems)
    every_role_read = bool(rows) and not problems
    invitees: list[Invitee] = []
    line_of: dict[str, int] = {}
    for row in rows:
        name, email = _name(row, problems), _email(row, line_of, problems)
        role, budget = _role(row, problems), _budget(row, problems)
        if role is None:
            every_role_read = False
        else:
            invitees.append(
                Invitee(line=row.line, name=name, email=email, role=role, budget_cents=budget)
            )
    _check_commissioner(invitees, every_role_read, problems)
    if len(rows) > MAX_MEMBERS:
        problems.add(rows[MAX_MEMBERS].line, f"a league has at most {MAX_MEMBERS} members")
    return Invitees(invitees=tuple(invitees), problems=problems.by_line())


def _name(row: Row, problems: Problems) -> str:
    name = row.cells["name"]
    if problem := name_problem(name):
        problems.add(row.line, f"the member's name {problem}")
    return name


def _email(row: Row, line_of: dict[str, int], problems: Problems) -> str:
    email = row.cells["email"].lower()
    if len(email) > MAX_EMAIL_CHARS or not email.isprintable() or not _EMAIL.fullmatch(email):
        problems.add(row.line, f"{shown(email)} is not an e-mail address")
    elif (first := line_of.setdefault(email, row.line)) != row.line:
        problems.add(row.line, f"the e-mail address {shown(email)} is already on line {first}")
    return email


def _role(row: Row, problems: Problems) -> Role | None:
    role = _ROLES.get(row.cells["role"].lower())
    if role is None:
        problems.add(
            row.line, f"the role {shown(row.cells['role'])} is not one of {', '.join(_ROLES)}"
        )
    return role


def _budget(row: Row, problems: Problems) -> int | None:
    cell = row.cells.get("budget", "")
    if not cell:
        return None
    match = _DOLLARS.fullmatch(cell)
    if match is None:
        problems.add(
            row.line, f"the budget {shown(cell)} is not a dollar amount with at most 2 decimals"
        )
        return None
    cents = int(match["dollars"]) * 100 + int((match["cents"] or "").ljust(2, "0"))
    if not 1 <= cents <= MAX_AMOUNT_CENTS:
        problems.add(
            row.line, f"the budget {cell} is not between 0.01 and {MAX_AMOUNT_CENTS // 100}"
        )
    return cents


def _check_commissioner(invitees: list[Invitee], every_role_read: bool, problems: Problems) -> None:
    lines = [it.line for it in invitees if it.role == "commissioner"]
    # A role that could not be read may have been the commissioner's.
    if not lines and every_role_read:
        problems.add(1, "the league has no commissioner")
    for line in lines[1:]:
        problems.add(line, f"the commissioner is already on line {lines[0]}")
