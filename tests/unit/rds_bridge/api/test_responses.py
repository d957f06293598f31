import pytest

from rds_bridge_service.api.responses import problem_of, refusal
from shared import errors
from shared.errors import CalcuttaError, ImportProblem, ImportRefused, Refused

STATUSES = {
    "malformed_message": 400,
    "unknown_action": 404,
    "invalid_message": 400,
    "message_too_long": 413,
    "version_required": 428,
    "unauthenticated": 401,
    "forbidden": 403,
    "not_found": 404,
    "already_member": 409,
    "too_many_leagues": 409,
    "outdated": 412,
    "commissioner_needed": 409,
    "league_full": 409,
    "busy": 503,
    "callee_failed": 503,
    "too_many_hops": 503,
    "internal_error": 500,
}


def kinds() -> dict[str, type[CalcuttaError]]:
    found = vars(errors).values()
    own = [it for it in found if isinstance(it, type) and issubclass(it, CalcuttaError)]
    return {it.code: it for it in own if "code" in vars(it)}


@pytest.mark.parametrize(("code", "status"), STATUSES.items())
def test_each_error_has_its_status(code: str, status: int) -> None:
    assert problem_of(kinds()[code]("no")).status == status


def test_a_file_that_is_refused_brings_its_problems() -> None:
    found = ImportProblem("teams.csv", 3, "no seed")
    problem = problem_of(ImportRefused([found]))
    assert (problem.status, problem.problems) == (422, (found,))


def test_what_the_auction_refuses_has_the_code_of_the_refusal() -> None:
    problem = problem_of(Refused("auction_already_open", "too late"))
    assert (problem.status, problem.code, problem.title) == (
        409,
        "auction_already_open",
        "Auction already open",
    )


def test_what_may_be_tried_again_says_when() -> None:
    assert refusal(errors.Busy("again"))["headers"]["retry-after"] == "1"
