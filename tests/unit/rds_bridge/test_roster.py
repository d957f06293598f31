from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.members_file import read_invitees
from rds_bridge_service.logic.roster import preview, read_roster, user_problems
from shared.bridge import ImportPreview, LeagueFiles, PreviewImport
from shared.limits import MAX_LOTS
from tests.unit.rds_bridge.files import MEMBERS, TEAMS, spoiled

EXAMPLE = Path(__file__).parents[3] / "examples" / "ncaa-mens-2023"


def files(teams: str = TEAMS, members: str = MEMBERS, bundled: tuple[int, ...] = ()) -> LeagueFiles:
    return LeagueFiles(teams_csv=teams, members_csv=members, bundled_seeds=bundled)


def preview_of(of: LeagueFiles) -> ImportPreview:
    return preview(PreviewImport(of))


def problems_of(of: LeagueFiles) -> list[tuple[str, int, str]]:
    return [(it.file, it.line, it.problem) for it in read_roster(of).problems]


def test_the_field_of_2023_with_its_16_seeds_bundled_is_61_lots() -> None:
    made = preview_of(
        files(
            teams=(EXAMPLE / "teams.csv").read_text(),
            members=(EXAMPLE / "members.csv").read_text(),
            bundled=(16,),
        )
    )
    assert (made.teams, made.slots, made.lots, len(made.members)) == (68, 64, 61, 14)
    assert made.problems == ()


def test_a_preview_shows_the_members() -> None:
    first, _ = preview_of(files()).members
    assert (first.name, first.email, first.role) == (
        "Commissioner",
        "commissioner@example.com",
        "commissioner",
    )


def test_a_preview_names_the_problems_of_both_files() -> None:
    made = preview_of(files(teams=spoiled(TEAMS, {3: "East,2,,no"}), members=""))
    assert [(it.file, it.line) for it in made.problems] == [("teams.csv", 3), ("members.csv", 1)]


def test_a_seed_that_nobody_has_cannot_be_bundled() -> None:
    assert problems_of(files(bundled=(2, 7))) == [("teams.csv", 1, "there is no seed 7 to bundle")]


def test_the_whole_name_of_a_lot_has_to_fit() -> None:
    teams = spoiled(TEAMS, {5: f"West,2,{'D' * 60},yes", 6: f"West,2,{'E' * 60},yes"})
    assert problems_of(files(teams=teams)) == [
        ("teams.csv", 5, "the lot's name is longer than 100 characters")
    ]


def test_an_auction_has_a_limited_number_of_lots() -> None:
    rows = [f"{region},{seed},{region} {seed},no" for region in "AB" for seed in range(1, 52)]
    teams = "\n".join(["region,seed,team,play_in", *rows])
    assert problems_of(files(teams=teams)) == [
        ("teams.csv", 1, f"the field makes 102 lots, an auction has at most {MAX_LOTS}")
    ]


def test_a_member_without_a_user_is_a_problem() -> None:
    invitees = read_invitees(MEMBERS).invitees
    [problem] = user_problems(invitees, {"commissioner@example.com": "u1"})
    assert (problem.file, problem.line) == ("members.csv", 3)
    assert problem.problem == "there is no user with this e-mail address"


def test_a_user_cannot_be_two_members() -> None:
    invitees = read_invitees(MEMBERS).invitees
    user_ids = {"commissioner@example.com": "u1", "bidder01@example.com": "u1"}
    [problem] = user_problems(invitees, user_ids)
    assert problem.problem == "this user is already the member on line 2"


@given(
    teams=st.one_of(st.text(), st.text(alphabet="region,seedtamply_ \n\"'12EW").map(TEAMS.__add__)),
    members=st.one_of(st.text(), st.text(alphabet='@,.\n"bidder').map(MEMBERS.__add__)),
)
def test_no_text_breaks_the_preview(teams: str, members: str) -> None:
    preview_of(files(teams=teams, members=members))
