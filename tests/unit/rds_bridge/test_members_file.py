import pytest

from rds_bridge_service.logic.members_file import Invitee, read_invitees
from shared.limits import MAX_MEMBERS
from tests.unit.rds_bridge.files import MEMBERS, spoiled


def problems_of(changes: dict[int, str]) -> list[tuple[int, str]]:
    return [(it.line, it.problem) for it in read_invitees(spoiled(MEMBERS, changes)).problems]


def budget_of(cell: str) -> int | None:
    text = spoiled(MEMBERS, {3: f"Bidder 01,bidder01@example.com,bidder,{cell}"})
    return read_invitees(text).invitees[1].budget_cents


def test_members_are_read_in_file_order() -> None:
    read = read_invitees(MEMBERS)
    assert read.problems == ()
    assert read.invitees == (
        Invitee(2, "Commissioner", "commissioner@example.com", "commissioner", None),
        Invitee(3, "Bidder 01", "bidder01@example.com", "bidder", 250_50),
    )


def test_the_budget_column_may_be_left_out() -> None:
    read = read_invitees("name,email,role\nCommissioner,c@example.com,commissioner\n")
    assert (read.problems, read.invitees[0].budget_cents) == ((), None)


def test_an_email_address_is_lower_case_from_here_on() -> None:
    text = spoiled(MEMBERS, {3: "Bidder 01,Bidder01@Example.COM,bidder,"})
    assert read_invitees(text).invitees[1].email == "bidder01@example.com"


@pytest.mark.parametrize(
    ("cell", "cents"), [("", None), ("1", 100), ("0.01", 1), ("12.5", 12_50), ("10000", 10_000_00)]
)
def test_a_budget_is_dollars(cell: str, cents: int | None) -> None:
    assert budget_of(cell) == cents


@pytest.mark.parametrize(
    "cell", ["1.234", "-1", "1e3", "$5", "a", "1.", ".5", "nan", "inf", "99999999999", "\u0661"]
)
def test_a_budget_that_is_no_dollar_amount_is_a_problem(cell: str) -> None:
    assert problems_of({3: f"Bidder 01,bidder01@example.com,bidder,{cell}"}) == [
        (3, f'the budget "{cell}" is not a dollar amount with at most 2 decimals')
    ]


@pytest.mark.parametrize("cell", ["0", "0.00", "1000000000.01"])
def test_a_budget_out_of_range_is_a_problem(cell: str) -> None:
    assert problems_of({3: f"Bidder 01,bidder01@example.com,bidder,{cell}"}) == [
        (3, f"the budget {cell} is not between 0.01 and 1000000000")
    ]


@pytest.mark.parametrize("role", ["", "owner", "bidder2"])
def test_an_unknown_role_is_a_problem(role: str) -> None:
    [(line, problem)] = problems_of({3: f"Bidder 01,bidder01@example.com,{role},"})
    assert line == 3
    assert problem.endswith("is not one of commissioner, admin, bidder, spectator")


@pytest.mark.parametrize(
    "email",
    ["", "bidder", "a@b", "a b@example.com", "a@@example.com", "a\u200b@example.com",
     "x" * 250 + "@example.com"],
)  # fmt: skip
def test_a_bad_email_address_is_a_problem(email: str) -> None:
    [(line, problem)] = problems_of({3: f"Bidder 01,{email},bidder,"})
    assert line == 3
    assert problem.endswith("is not an e-mail address")


def test_an_email_address_that_is_there_twice_is_a_problem_of_the_second_line() -> None:
    assert problems_of({3: "Bidder 01,COMMISSIONER@example.com,bidder,"}) == [
        (3, 'the e-mail address "commissioner@example.com" is already on line 2')
    ]


def test_a_blank_name_is_a_problem() -> None:
    assert problems_of({3: ",bidder01@example.com,bidder,"}) == [(3, "the member's name is blank")]


def test_a_league_needs_a_commissioner() -> None:
    assert problems_of({2: "Admin,admin@example.com,admin,"}) == [
        (1, "the league has no commissioner")
    ]


def test_a_row_that_cannot_be_read_may_be_the_commissioners() -> None:
    assert [line for line, _ in problems_of({2: "Commissioner,c@example.com,comissioner,"})] == [2]


def test_a_league_has_one_commissioner_only() -> None:
    assert problems_of({3: "Second,second@example.com,commissioner,"}) == [
        (3, "the commissioner is already on line 2")
    ]


def members(count: int) -> str:
    bidders = [f"Bidder {i},bidder{i}@example.com,bidder," for i in range(1, count)]
    return "\n".join([*MEMBERS.splitlines()[:2], *bidders])


def test_a_league_may_be_full() -> None:
    assert read_invitees(members(MAX_MEMBERS)).problems == ()


def test_a_league_may_not_be_more_than_full() -> None:
    [problem] = read_invitees(members(MAX_MEMBERS + 1)).problems
    assert (problem.line, problem.problem) == (302, "a league has at most 300 members")


def test_all_problems_are_named_at_once_by_line() -> None:
    found = problems_of({2: ",c@example.com,boss,1.999", 3: "Bidder 01,nowhere,bidder,5,6"})
    assert found == [
        (2, "the member's name is blank"),
        (2, 'the role "boss" is not one of commissioner, admin, bidder, spectator'),
        (2, 'the budget "1.999" is not a dollar amount with at most 2 decimals'),
        (3, "the row has 5 columns, the header has 4"),
    ]
