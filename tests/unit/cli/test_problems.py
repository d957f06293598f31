from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, NoCredentialsError, NoRegionError

from calcutta.problems import Problem, sentence_for
from shared.errors import Busy


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoCredentialsError(), "AWS_PROFILE"),
        (NoRegionError(), "AWS_REGION"),
        (Busy("too many changes"), "too many changes"),
        (FileNotFoundError(2, "No such file", "teams.csv"), "teams.csv: No such file"),
        (ClientError({"Error": {"Message": "denied"}}, "GetItem"), "AWS refused GetItem: denied"),
        (TimeoutError(), "in time"),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_line(error: Exception, words: str) -> None:
    assert words in (sentence_for(error) or "")


def test_a_group_of_problems_is_said_by_its_first() -> None:
    assert sentence_for(ExceptionGroup("tasks", [Problem("one"), Problem("two")])) == "one"


def test_a_defect_keeps_its_traceback() -> None:
    assert sentence_for(KeyError("x")) is None
    assert sentence_for(ExceptionGroup("tasks", [Problem("one"), KeyError("x")])) is None
