"""The two files of a league together: what they would make, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from rds_bridge_service.logic import members_file, teams_file
from rds_bridge_service.logic.csv_file import Problems
from rds_bridge_service.logic.lots import lots_of
from rds_bridge_service.logic.members_file import Invitee, read_invitees
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from rds_bridge_service.logic.teams_file import Field, read_field
from shared.auction import Lot, Slot
from shared.bridge import ImportPreview, LeagueFiles, MemberPreview, PreviewImport
from shared.errors import ImportProblem
from shared.limits import MAX_LOTS, MAX_NAME_CHARS


class Roster(msgspec.Struct, frozen=True):
    """A tournament's field, the lots it is sold in, and who is in the league."""

    slots: tuple[Slot, ...]
    lots: tuple[Lot, ...]
    invitees: tuple[Invitee, ...]
    problems: tuple[ImportProblem, ...]


class SoldField(msgspec.Struct, frozen=True):
    """A tournament's field and the lots it is sold in; without problems if it can be imported."""

    slots: tuple[Slot, ...]
    lots: tuple[Lot, ...]
    problems: tuple[ImportProblem, ...]


def read_sold_field(teams_csv: str, bundled_seeds: tuple[int, ...]) -> SoldField:
    """What a teams file says, sold with these seeds bundled."""
    field = read_field(teams_csv)
    lots = lots_of(field.slots, bundled_seeds)
    problems = (*field.problems, *_lot_problems(field, lots, bundled_seeds))
    return SoldField(slots=field.slots, lots=lots, problems=problems)


def read_roster(files: LeagueFiles) -> Roster:
    """What the files say; `problems` is empty if they can be imported."""
    field = read_sold_field(files.teams_csv, files.bundled_seeds)
    invitees = read_invitees(files.members_csv)
    return Roster(
        slots=field.slots,
        lots=field.lots,
        invitees=invitees.invitees,
        problems=(*field.problems, *invitees.problems),
    )


def preview(request: PreviewImport) -> ImportPreview:
    """What an import of the files would make.

    Raises:
        InvalidMessage: the rules for the settlement do not fit the field that the files describe.
    """
    roster = read_roster(request.files)
    if not roster.problems:
        checked_rules(request.settlement, rounds_of(roster.slots))
    return ImportPreview(
        teams=sum(len(slot.teams) for slot in roster.slots),
        slots=len(roster.slots),
        lots=len(roster.lots),
        members=tuple(
            MemberPreview(name=it.name, email=it.email, role=it.role) for it in roster.invitees
        ),
        problems=roster.problems,
    )


def user_problems(
    invitees: tuple[Invitee, ...], user_ids: Mapping[str, str]
) -> tuple[ImportProblem, ...]:
    """Which members have no user, or one that another member has."""
    problems = Problems(members_file.FILE)
    line_of: dict[str, int] = {}
    for it in invitees:
        user_id = user_ids.get(it.email)
        if user_id is None:
            problems.add(it.line, "there is no user with this e-mail address")
        elif (first := line_of.setdefault(user_id, it.line)) != it.line:
            problems.add(it.line, f"this user is already the member on line {first}")
    return problems.by_line()


def _lot_problems(
    field: Field, lots: tuple[Lot, ...], bundled_seeds: tuple[int, ...]
) -> tuple[ImportProblem, ...]:
    problems = Problems(teams_file.FILE)
    if field.slots:
        for seed in sorted(set(bundled_seeds) - {slot.seed for slot in field.slots}):
            problems.add(1, f"there is no seed {seed} to bundle")
    for lot in lots:
        if len(lot.name) > MAX_NAME_CHARS:
            line = field.line_of[lot.slots[0].slot_id]
            problems.add(line, f"the lot's name is longer than {MAX_NAME_CHARS} characters")
    if len(lots) > MAX_LOTS:
        problems.add(1, f"the field makes {len(lots)} lots, an auction has at most {MAX_LOTS}")
    return problems.by_line()
