"""Files with mistakes: all of them are shown, and nothing is imported."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import boto3
import pytest

from tests.e2e.system import MEMBERS, TEAMS, System

NEWCOMER = "newcomer@example.com"


LIVE = {"auction_event", "bid", "sale"}
"""Tables that go on growing: lots of other tests' auctions may end at any time."""


class Everything(NamedTuple):
    """What an import would change."""

    rows: dict[str, int]
    users: int


def everything(system: System) -> Everything:
    database = f"file:{system.folder / 'league.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables.fetchall()
            if name not in LIVE
        }
    pages = (
        boto3.client("cognito-idp")
        .get_paginator("list_users")
        .paginate(UserPoolId=system.stage.output("identity", "UserPoolId"))
    )
    return Everything(rows, sum(len(page["Users"]) for page in pages))


def create(
    system: System, folder: Path, *options: str, teams: str | bytes, members: str, fails: bool
) -> str:
    """What `calcutta league create` says about two files."""
    (folder / "teams.csv").write_bytes(teams if isinstance(teams, bytes) else teams.encode())
    (folder / "members.csv").write_text(members)
    done = system.calcutta(
        *("league", "create", *options),
        *("--teams", str(folder / "teams.csv"), "--members", str(folder / "members.csv")),
        fails=fails,
    )
    assert done.returncode == int(fails)
    return done.stdout + done.stderr


def invite(email: str) -> str:
    """The members file with one more, who is no user yet."""
    return MEMBERS + f"Newcomer,{email},bidder,\n"


WEST_3 = "West,3,West 3,no\n"
BAD_TEAMS = {
    "a seed twice": (
        TEAMS.replace("East,2,East 2", "East,1,East 2"),
        ["teams.csv line 3: East 1 is already on line 2"],
    ),
    "a team twice": (
        TEAMS.replace("West 3", "east 1"),
        ['teams.csv line 7: the team "east 1" is already on line 2'],
    ),
    "an unknown column": (
        TEAMS.replace("region,seed", "region,coach,seed"),
        ['teams.csv line 1: the column "coach" is unknown'],
    ),
    "a missing column": (
        TEAMS.replace("play_in", "", 1),
        ['teams.csv line 1: the column "play_in" is missing'],
    ),
    "a missing team": (TEAMS.replace(WEST_3, ""), ["teams.csv line 6: West has no team at seed 3"]),
    "a team without a name": (
        TEAMS.replace("East 3", ""),
        ["teams.csv line 4: the team's name is blank"],
    ),
    "a play-in team alone": (
        TEAMS.replace(WEST_3, "West,3,West 3,yes\n"),
        ["teams.csv line 7: the play-in team of West 3 has no partner"],
    ),
    "several mistakes": (
        TEAMS.replace("East,2,", "East,two,").replace("West,2,", ",2,"),
        ['teams.csv line 3: the seed "two"', "teams.csv line 6: the region is blank"],
    ),
    "nothing": ("", ["teams.csv line 1: the file is empty"]),
    "an open quotation mark": (
        TEAMS.replace("East 1", '"East 1'),
        ["teams.csv line 2: the row is not valid CSV"],
    ),
    "another alphabet's bytes": (TEAMS.replace("East", "Öst").encode("cp1252"), ["UTF-8"]),
}
BAD_MEMBERS = {
    "an address twice": (
        invite("Commissioner@example.com"),
        'members.csv line 7: the e-mail address "commissioner@example.com" is already on line 2',
    ),
    "an unknown role": (
        invite(NEWCOMER).replace(f"{NEWCOMER},bidder", f"{NEWCOMER},owner"),
        'members.csv line 7: the role "owner" is not one of',
    ),
    "a second commissioner": (
        invite(NEWCOMER).replace(f"{NEWCOMER},bidder", f"{NEWCOMER},commissioner"),
        "members.csv line 7: the commissioner is already on line 2",
    ),
    "a third decimal": (
        invite(NEWCOMER).replace(f"{NEWCOMER},bidder,", f"{NEWCOMER},bidder,10.005"),
        'members.csv line 7: the budget "10.005"',
    ),
}


@pytest.mark.parametrize(("teams", "lines"), BAD_TEAMS.values(), ids=BAD_TEAMS.keys())
def test_a_mistake_among_the_teams_is_shown_by_its_line(
    system: System, tmp_path: Path, teams: str | bytes, lines: list[str]
) -> None:
    said = create(system, tmp_path, teams=teams, members=MEMBERS, fails=True)
    assert [line for line in lines if line not in said] == [], said


@pytest.mark.parametrize(("members", "line"), BAD_MEMBERS.values(), ids=BAD_MEMBERS.keys())
def test_a_mistake_among_the_members_is_shown_by_its_line(
    system: System, tmp_path: Path, members: str, line: str
) -> None:
    assert line in create(system, tmp_path, teams=TEAMS, members=members, fails=True)


def test_a_refused_import_leaves_neither_rows_nor_users(system: System, tmp_path: Path) -> None:
    before = everything(system)
    bad = TEAMS.replace(WEST_3, "")
    create(system, tmp_path, teams=bad, members=invite("refused@example.com"), fails=True)
    assert everything(system) == before


@pytest.mark.parametrize(
    "options",
    [("--clock", "1ms"), ("--extension", "11m"), ("--name", ""), ("--tournament", "\a")],
    ids=" ".join,
)
def test_a_rule_or_name_that_cannot_be_leaves_neither_rows_nor_users(
    system: System, tmp_path: Path, options: tuple[str, ...]
) -> None:
    before = everything(system)
    newcomer = f"newcomer{options[0]}{len(options[1])}@example.com"
    create(system, tmp_path, *options, teams=TEAMS, members=invite(newcomer), fails=True)
    assert everything(system) == before


def test_corrected_files_are_imported_with_their_users(system: System, tmp_path: Path) -> None:
    system.make_league()  # all but the newcomer are users now
    before = everything(system)
    create(system, tmp_path, teams=TEAMS, members=invite("welcome@example.com"), fails=False)
    after = everything(system)
    assert after.users == before.users + 1
    added = {name: after.rows[name] - rows for name, rows in before.rows.items()}
    assert {name: rows for name, rows in added.items() if rows} == {
        "tournament": 1,
        "slot": 6,
        "team": 6,
        "league": 1,
        "member": 6,
        "auction": 1,
        "lot": 6,
        "lot_slot": 6,
    }
