import pytest

from rds_bridge_service.logic.teams_file import read_field
from shared.auction import Slot
from tests.unit.rds_bridge.files import TEAMS, spoiled


def problems_of(changes: dict[int, str]) -> list[tuple[int, str]]:
    return [(it.line, it.problem) for it in read_field(spoiled(TEAMS, changes)).problems]


def test_a_field_is_one_slot_a_region_and_seed() -> None:
    field = read_field(TEAMS)
    assert field.problems == ()
    assert field.slots == (
        Slot(slot_id="S001", region="East", seed=1, teams=("Alphas",)),
        Slot(slot_id="S002", region="East", seed=2, teams=("Betas",)),
        Slot(slot_id="S003", region="West", seed=1, teams=("Gammas",)),
        Slot(slot_id="S004", region="West", seed=2, teams=("Deltas", "Epsilons")),
    )


def test_slots_are_ordered_by_seed_whatever_the_order_of_rows() -> None:
    field = read_field(spoiled(TEAMS, {2: "East,2,Betas,no", 3: "East,1,Alphas,no"}))
    assert [slot.teams for slot in field.slots][:2] == [("Alphas",), ("Betas",)]


def test_problems_name_the_file() -> None:
    assert read_field("").problems[0].file == "teams.csv"


@pytest.mark.parametrize("seed", ["", "0", "-1", "1.5", "one", "101", "9999", "\u0661", "1\x00"])
def test_a_seed_that_is_no_number_in_range_is_a_problem(seed: str) -> None:
    [(line, problem)] = problems_of({3: f"East,{seed},Betas,no"})
    assert line == 3
    assert problem.endswith("is not a number from 1 to 100")


def test_a_blank_region_is_a_problem() -> None:
    assert problems_of({3: ",2,Betas,no"}) == [(3, "the region is blank")]


def test_a_blank_team_is_a_problem() -> None:
    assert problems_of({3: "East,2, ,no"}) == [(3, "the team's name is blank")]


def test_a_team_with_a_line_break_in_its_name_is_a_problem() -> None:
    [(line, problem)] = problems_of({3: 'East,2,"Be\ntas",no'})
    assert (line, problem) == (3, "the team's name has a character that cannot be shown")


def test_a_team_that_is_there_twice_is_a_problem_of_the_second_line() -> None:
    assert problems_of({4: "West,1,ALPHAS,no"}) == [(4, 'the team "ALPHAS" is already on line 2')]


@pytest.mark.parametrize("answer", ["", "maybe", "1"])
def test_play_in_is_yes_or_no(answer: str) -> None:
    assert problems_of({3: f"East,2,Betas,{answer}"}) == [
        (3, f'play_in is yes or no, not "{answer}"')
    ]


@pytest.mark.parametrize(("first", "second"), [("no", "no"), ("yes", "no"), ("no", "yes")])
def test_two_teams_share_a_slot_only_if_both_are_play_in(first: str, second: str) -> None:
    found = problems_of({5: f"West,2,Deltas,{first}", 6: f"West,2,Epsilons,{second}"})
    assert found == [
        (6, "West 2 is already on line 5; two teams share a slot only if both are play-in")
    ]


def test_three_teams_cannot_share_a_slot() -> None:
    assert problems_of({6: "West,2,Epsilons,yes\nWest,2,Zetas,yes"}) == [
        (7, "West 2 has more than two teams")
    ]


def test_a_play_in_team_needs_a_partner() -> None:
    assert problems_of({3: "East,2,Betas,yes"}) == [
        (3, "the play-in team of East 2 has no partner")
    ]


def test_a_missing_team_is_a_problem_of_its_regions_last_line() -> None:
    assert problems_of({2: ""}) == [(3, "East has no team at seed 1")]


def test_a_seed_that_only_one_region_has_is_missing_in_the_others() -> None:
    assert problems_of({6: "West,2,Epsilons,yes\nWest,4,Zetas,no"}) == [
        (3, "East has no team at seed 3, 4"),
        (7, "West has no team at seed 3"),
    ]


def test_an_unreadable_row_does_not_also_count_as_missing() -> None:
    assert problems_of({3: "East,two,Betas,no"}) == [
        (3, 'the seed "two" is not a number from 1 to 100')
    ]


def test_all_problems_are_named_at_once_by_line() -> None:
    found = problems_of({2: "East,0,,no", 4: "West,1,Betas,perhaps", 5: "West,2"})
    assert found == [
        (2, 'the seed "0" is not a number from 1 to 100'),
        (2, "the team's name is blank"),
        (4, 'the team "Betas" is already on line 3'),
        (4, 'play_in is yes or no, not "perhaps"'),
        (5, "the row has 2 columns, the header has 4"),
    ]
