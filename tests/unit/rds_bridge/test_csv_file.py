import pytest

from rds_bridge_service.logic.csv_file import (
    MAX_FILE_CHARS,
    MAX_ROWS,
    Problems,
    Row,
    name_problem,
    read_rows,
)
from shared.errors import ImportProblem
from shared.limits import MAX_NAME_CHARS


def read(text: str) -> tuple[list[Row], tuple[ImportProblem, ...]]:
    problems = Problems("a.csv")
    rows = read_rows(text, ("one", "two"), ("three",), problems)
    return rows, problems.by_line()


def problems_of(text: str) -> list[tuple[int, str]]:
    return [(it.line, it.problem) for it in read(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "one,two\na,b\n",
        "one,two\na,b",
        "\ufeffone,two\r\na,b\r\n",
        "one,two\ra,b\r",
        " ONE , Two \n a , b \n",
        '"one","two"\n"a","b"\n',
    ],
)
def test_a_row_is_read_whatever_program_wrote_the_file(text: str) -> None:
    assert read(text) == ([Row(line=2, cells={"one": "a", "two": "b"})], ())


def test_an_optional_column_may_be_there() -> None:
    assert read("three,two,one\nc,b,a\n")[0][0].cells == {"one": "a", "two": "b", "three": "c"}


def test_blank_lines_are_skipped_and_counted() -> None:
    rows, problems = read("\none,two\n\n  \na,b\n\n")
    assert [row.line for row in rows] == [5]
    assert problems == ()


def test_a_row_has_the_line_that_it_starts_on() -> None:
    rows, _ = read('one,two\n"a\na",b\nc,d\n')
    assert [row.line for row in rows] == [2, 4]


def test_letters_with_separate_accents_become_one_character() -> None:
    assert read("one,two\ne\u0301,b\n")[0][0].cells["one"] == "\u00e9"


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "   \n"])
def test_an_empty_file_is_a_problem(text: str) -> None:
    assert problems_of(text) == [(1, "the file is empty")]


def test_a_header_alone_is_a_problem() -> None:
    assert problems_of("one,two\n") == [(1, "the file has no rows")]


def test_every_problem_of_the_header_is_named() -> None:
    assert problems_of("\none,four,one\na,b,c\n") == [
        (2, 'the column "two" is missing'),
        (2, 'the column "four" is unknown'),
        (2, 'the column "one" is there twice'),
    ]


def test_no_row_is_read_under_a_header_that_is_not_understood() -> None:
    assert read("one\na\n")[0] == []


def test_rows_with_other_columns_than_the_header_are_named_and_the_rest_is_read() -> None:
    rows, problems = read("one,two\na,b,c\na\nc,d\n")
    assert [row.line for row in rows] == [4]
    assert [(it.line, it.problem) for it in problems] == [
        (2, "the row has 3 columns, the header has 2"),
        (3, "the row has 1 columns, the header has 2"),
    ]


@pytest.mark.parametrize("row", ['a,"b', 'a,"b"c', '"a" ,b'])
def test_wrong_quoting_is_a_problem_of_its_line(row: str) -> None:
    [(line, problem)] = problems_of(f"one,two\nc,d\n{row}\n")
    assert line == 3
    assert problem.startswith("the row is not valid CSV: ")


def test_a_field_of_a_hundred_thousand_characters_is_a_problem() -> None:
    [(line, problem)] = problems_of("one,two\na," + "b" * 140_000 + "\n")
    assert line == 2
    assert "field" in problem


def test_a_huge_file_is_refused_unread() -> None:
    text = "one,two\n" + "a,b\n" * MAX_FILE_CHARS
    assert problems_of(text) == [(1, f"the file is longer than {MAX_FILE_CHARS} characters")]


def test_too_many_rows_are_refused_at_the_first_that_is_too_many() -> None:
    text = "one,two\n" + "a,b\n" * (MAX_ROWS + 5)
    assert problems_of(text) == [(MAX_ROWS + 2, f"the file has more than {MAX_ROWS} rows")]


@pytest.mark.parametrize("name", ["A", "St Mary's CA", "Texas A&M", "Ünïcødé 大学", "x" * 100])
def test_a_name_that_can_be_shown_is_none(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "is blank"),
        ("x" * (MAX_NAME_CHARS + 1), f"is longer than {MAX_NAME_CHARS} characters"),
        ("a\nb", "has a character that cannot be shown"),
        ("a\x00b", "has a character that cannot be shown"),
        ("a\x1bb", "has a character that cannot be shown"),
        ("a\u202eb", "has a character that cannot be shown"),
        ("a\u200bb", "has a character that cannot be shown"),
        ("a\ud800b", "has a character that cannot be shown"),
    ],
)
def test_a_name_that_cannot_be_shown_is_named_for_its_reason(name: str, problem: str) -> None:
    assert name_problem(name) == problem
