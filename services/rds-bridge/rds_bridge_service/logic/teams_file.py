"""The teams file: who is in the field, and at which slot of it."""

from __future__ import annotations

import re

import msgspec

from rds_bridge_service.logic.csv_file import Problems, Row, name_problem, read_rows, shown
from shared.auction import Slot
from shared.errors import ImportProblem

FILE = "teams.csv"
MAX_SEED = 100
_SEED = re.compile(r"[0-9]{1,3}")


class Field(msgspec.Struct, frozen=True):
    """A tournament's slots, by region in order of appearance, then by seed."""

    slots: tuple[Slot, ...]
    line_of: dict[str, int]
    problems: tuple[ImportProblem, ...]


class _Place(msgspec.Struct):
    """The teams that the file puts at one region and seed."""

    line: int
    teams: list[str] = []
    play_in: list[bool | None] = []


def read_field(text: str) -> Field:
    """The field in a file with the columns region,seed,team,play_in, and all that is wrong.

    Every region has the same seeds 1..n, each once; two teams share a slot if both are play-in.
    """
    problems = Problems(FILE)
    rows = read_rows(text, ("region", "seed", "team", "play_in"), (), problems)
    all_placed = bool(rows) and not problems
    regions: dict[str, dict[int, _Place]] = {}
    line_of_team: dict[str, int] = {}
    for row in rows:
        region, seed = _region(row, problems), _seed(row, problems)
        team, play_in = _team(row, line_of_team, problems), _play_in(row, problems)
        if region is None or seed is None:
            all_placed = False
            continue
        place = regions.setdefault(region, {}).setdefault(seed, _Place(line=row.line))
        _join(place, row.line, region, seed, play_in, problems)
        place.teams.append(team)
        place.play_in.append(play_in)
    # A row whose place could not be read may be the one that seems to be missing.
    if all_placed:
        _check_partners(regions, problems)
        _check_complete(regions, problems)
    return _field(regions, problems)


def _region(row: Row, problems: Problems) -> str | None:
    region = row.cells["region"]
    if problem := name_problem(region):
        problems.add(row.line, f"the region {problem}")
        return None
    return region


def _seed(row: Row, problems: Problems) -> int | None:
    cell = row.cells["seed"]
    if not _SEED.fullmatch(cell) or not 1 <= int(cell) <= MAX_SEED:
        problems.add(row.line, f"the seed {shown(cell)} is not a number from 1 to {MAX_SEED}")
        return None
    return int(cell)


def _team(row: Row, line_of_team: dict[str, int], problems: Problems) -> str:
    team = row.cells["team"]
    if problem := name_problem(team):
        problems.add(row.line, f"the team's name {problem}")
    elif (first := line_of_team.setdefault(team.casefold(), row.line)) != row.line:
        problems.add(row.line, f"the team {shown(team)} is already on line {first}")
    return team


def _play_in(row: Row, problems: Problems) -> bool | None:
    answer = {"yes": True, "no": False}.get(row.cells["play_in"].lower())
    if answer is None:
        problems.add(row.line, f"play_in is yes or no, not {shown(row.cells['play_in'])}")
    return answer


def _join(
    place: _Place, line: int, region: str, seed: int, play_in: bool | None, problems: Problems
) -> None:
    if len(place.teams) >= 2:
        problems.add(line, f"{region} {seed} has more than two teams")
    elif place.teams and (play_in is False or place.play_in[0] is False):
        problems.add(
            line,
            f"{region} {seed} is already on line {place.line}; "
            "two teams share a slot only if both are play-in",
        )


def _check_partners(regions: dict[str, dict[int, _Place]], problems: Problems) -> None:
    for region, places in regions.items():
        for seed, place in places.items():
            if place.play_in == [True]:
                problems.add(place.line, f"the play-in team of {region} {seed} has no partner")


def _check_complete(regions: dict[str, dict[int, _Place]], problems: Problems) -> None:
    last_seed = max(max(places) for places in regions.values())
    for region, places in regions.items():
        missing = [str(seed) for seed in range(1, last_seed + 1) if seed not in places]
        if missing:
            last_line = max(place.line for place in places.values())
            problems.add(last_line, f"{region} has no team at seed {', '.join(missing)}")


def _field(regions: dict[str, dict[int, _Place]], problems: Problems) -> Field:
    slots: list[Slot] = []
    line_of: dict[str, int] = {}
    for region, places in regions.items():
        for seed, place in sorted(places.items()):
            slot_id = f"S{len(slots) + 1:03d}"
            teams = tuple(place.teams)
            slots.append(Slot(slot_id=slot_id, region=region, seed=seed, teams=teams))
            line_of[slot_id] = place.line
    return Field(slots=tuple(slots), line_of=line_of, problems=problems.by_line())
