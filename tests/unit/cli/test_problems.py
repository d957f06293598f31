from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError

from calcutta.problems import Problem, sentence_for
from shared.errors import Busy, CalleeFailed


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetItem")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoCredentialsError(), "AWS_PROFILE"),
        (NoRegionError(), "AWS_REGION"),
        (Busy("too many changes"), "too many changes"),
        (FileNotFoundError(2, "No such file", "teams.csv"), "teams.csv: No such file"),
        (refused("Throttled"), "AWS refused GetItem: no"),
        (refused("AccessDenied"), "AWS refused GetItem: no; ask for this right"),
        (TimeoutError(), "in time"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_line(error: Exception, words: str) -> None:
    assert words in (sentence_for(error) or "")


def test_a_service_that_could_not_even_be_called_is_said_by_the_reason() -> None:
    failed = CalleeFailed("another service failed; try again")
    failed.__cause__ = refused("AccessDeniedException")
    assert "ask for this right" in (sentence_for(failed) or "")


def test_a_group_of_problems_is_said_by_its_first() -> None:
    assert sentence_for(ExceptionGroup("tasks", [Problem("one"), Problem("two")])) == "one"


def test_a_defect_keeps_its_traceback() -> None:
    assert sentence_for(KeyError("x")) is None
    assert sentence_for(ExceptionGroup("tasks", [Problem("one"), KeyError("x")])) is None
