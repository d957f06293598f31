import re
from typing import get_args

import pytest

from shared import errors
from shared.errors import CalcuttaError, ImportProblem, ImportRefused, RefusalCode, Refused

LINE = re.compile(r"^ {4}(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?: +(?P<rest>.*))?$")


def tree(kind: type[CalcuttaError], depth: int = 0) -> list[tuple[int, str]]:
    """The classes as they are, depth first in the order of their definition."""
    found = [(depth, kind.__name__)]
    for child in kind.__subclasses__():
        found += tree(child, depth + 1)
    return found


def drawn() -> list[tuple[int, str, str | None]]:
    """The classes as the docstring draws them: depth, name and code."""
    lines = map(LINE.match, (errors.__doc__ or "").splitlines())
    return [
        (len(line["branch"]) // 4, line["name"], code_in(line["rest"] or ""))
        for line in lines
        if line
    ]


def code_in(text: str) -> str | None:
    code = re.search(r'"(\w+)"', text)
    return code[1] if code else None


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    ours = [(d, name) for d, name in tree(CalcuttaError) if hasattr(errors, name)]
    assert [(depth, name) for depth, name, _ in drawn()] == ours


def test_the_codes_in_the_docstring_are_those_of_the_classes() -> None:
    for _, name, code in drawn():
        own = getattr(errors, name).__dict__.get("code")
        assert own == code, name


def test_every_code_stands_for_one_thing() -> None:
    codes = [code for _, _, code in drawn() if code] + list(get_args(RefusalCode))
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", get_args(RefusalCode))
def test_a_refusal_carries_its_code_and_what_would_stand(code: RefusalCode) -> None:
    refused = Refused(code, "no", minimum_cents=5, seq=7)
    assert (refused.refusal_code, refused.minimum_cents, refused.seq) == (code, 5, 7)


def test_an_error_says_its_sentence() -> None:
    assert str(CalcuttaError("a sentence")) == "a sentence"


def test_a_refused_import_names_every_line_that_is_wrong() -> None:
    problems = [ImportProblem("teams.csv", 3, "no seed"), ImportProblem("members.csv", 9, "twice")]
    error = ImportRefused(problems)
    assert error.problems == problems
    assert "teams.csv line 3: no seed; members.csv line 9: twice" in error.message
