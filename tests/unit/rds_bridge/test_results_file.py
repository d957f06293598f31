from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rds_bridge_service.logic.results_file import Game, Results, read_results
from rds_bridge_service.logic.teams_file import read_field
from tests.unit.rds_bridge.files import TEAMS, spoiled

EXAMPLE = Path(__file__).parents[3] / "examples" / "ncaa-mens-2023"
FIELD = read_field(TEAMS).slots
RESULTS = """\
round,winner,winner_score,loser,loser_score
First Four,Epsilons,61,Deltas,60
Final Four,Alphas,70,Betas,50
Final Four,Epsilons,80,Gammas,79
Championship,Epsilons,66,Alphas,65
"""


def problems_of(text: str) -> list[tuple[int, str]]:
    return [(it.line, it.problem) for it in read_results(text, FIELD).problems]


def with_line(number: int, line: str) -> list[tuple[int, str]]:
    return problems_of(spoiled(RESULTS, {number: line}))


def of_six(*games: str) -> Results:
    """Results in a field of six, two of which pass the first round without a game."""
    teams = ["A", "B", "C", "D", "E", "F"]
    rows = [f"Only,{seed},{team},no" for seed, team in enumerate(teams, start=1)]
    field = read_field("\n".join(["region,seed,team,play_in", *rows])).slots
    split = (it.split(",") for it in games)
    lines = (f"{round_name},{winner},2,{loser},1" for round_name, winner, loser in split)
    return read_results("\n".join(["round,winner,winner_score,loser,loser_score", *lines]), field)


def test_the_games_of_2023_are_possible() -> None:
    field = read_field((EXAMPLE / "teams.csv").read_text()).slots
    results = read_results((EXAMPLE / "results.csv").read_text(), field)
    assert (len(results.games), results.problems) == (67, ())


def test_a_game_has_its_round_its_teams_and_their_scores() -> None:
    assert read_results(RESULTS, FIELD).games[0] == Game("First Four", "Epsilons", 61, "Deltas", 60)


def test_rounds_and_teams_are_found_in_whatever_case() -> None:
    spoiled_case = spoiled(RESULTS, {3: "final four,ALPHAS,70,betas,50"})
    assert read_results(spoiled_case, FIELD) == read_results(RESULTS, FIELD)


@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_tournament_may_be_under_way(rows: int) -> None:
    results = read_results("\n".join(RESULTS.splitlines()[:rows]), FIELD)
    assert (len(results.games), results.problems) == (rows - 1, ())


def test_a_team_that_is_not_in_the_field_is_a_problem() -> None:
    assert with_line(3, "Final Four,Omegas,70,Betas,50") == [
        (3, 'the winner "Omegas" is not in the field')
    ]


def test_an_unknown_round_is_a_problem() -> None:
    assert with_line(3, "Semis,Alphas,70,Betas,50") == [
        (3, 'the round "Semis" is not one of First Four, Final Four, Championship')
    ]


@pytest.mark.parametrize("score", ["", "-1", "1.5", "x", "1000", "\u0661"])
def test_a_score_is_a_whole_number(score: str) -> None:
    [(line, problem)] = with_line(3, f"Final Four,Alphas,{score},Betas,50")
    assert (line, problem.endswith("is not a number from 0 to 999")) == (3, True)


@pytest.mark.parametrize("loser_score", ["70", "71"])
def test_the_winner_has_more_points(loser_score: str) -> None:
    assert with_line(3, f"Final Four,Alphas,70,Betas,{loser_score}") == [
        (3, f"the winner has 70 points, the loser {loser_score}")
    ]


def test_a_loser_does_not_play_again() -> None:
    assert with_line(5, "Championship,Epsilons,66,Betas,65") == [(5, '"Betas" has lost on line 3')]


def test_a_team_plays_once_in_a_round() -> None:
    assert with_line(4, "Final Four,Alphas,80,Gammas,79")[0] == (
        4,
        '"Alphas" plays in Final Four on line 3 already',
    )


def test_a_team_cannot_play_against_itself() -> None:
    assert with_line(5, "Championship,Alphas,66,Alphas,65") == [
        (5, '"Alphas" cannot play against itself')
    ]


def test_a_team_wins_the_round_before_first() -> None:
    without = "\n".join(RESULTS.splitlines()[:3] + RESULTS.splitlines()[4:])
    assert problems_of(without) == [(4, '"Epsilons" has not won in Final Four')]


def test_a_team_of_a_shared_slot_wins_its_first_four_game_first() -> None:
    without = "\n".join(RESULTS.splitlines()[:1] + RESULTS.splitlines()[2:])
    assert problems_of(without)[0] == (3, '"Epsilons" has not won in First Four')


def test_only_the_first_four_is_between_teams_of_one_slot() -> None:
    assert with_line(2, "First Four,Alphas,61,Betas,60")[0] == (
        2,
        '"Alphas" and "Betas" do not share a slot',
    )
    assert with_line(2, "Final Four,Epsilons,61,Deltas,60")[0] == (
        2,
        '"Epsilons" and "Deltas" share a slot',
    )


def test_a_round_does_not_come_back() -> None:
    lines = RESULTS.splitlines()
    moved = "\n".join([lines[0], lines[2], lines[1], *lines[3:]])
    assert problems_of(moved) == [(3, "First Four comes before Final Four")]


def test_a_round_has_no_more_games_than_its_field_allows() -> None:
    results = of_six("Elite 8,A,B", "Elite 8,C,D", "Elite 8,E,F")
    assert [it.problem for it in results.problems] == ["Elite 8 has 2 games, this is one more"]


def test_a_row_that_cannot_be_read_does_not_also_count_as_a_missing_win() -> None:
    assert with_line(4, "Final Four,Epsilons,eighty,Gammas,79") == [
        (4, 'the winner_score "eighty" is not a number from 0 to 999')
    ]


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    assert [line for line, _ in with_line(3, "Semis,Omegas,x,Betas,50")] == [3, 3, 3]


def test_in_an_uneven_field_some_teams_enter_in_the_second_round() -> None:
    games = ["Elite 8,C,D", "Elite 8,E,F", "Final Four,A,C", "Final Four,E,B", "Championship,A,E"]
    assert of_six(*games).problems == ()


def test_no_more_teams_enter_late_than_there_is_room_for() -> None:
    results = of_six("Elite 8,C,D", "Final Four,A,C", "Final Four,B,E")
    assert [it.problem for it in results.problems] == ['"E" has not won in Elite 8']


@given(st.text(alphabet='roundwins,_\n"0123ALPHS ').map(RESULTS.__add__))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_results(text, FIELD)
