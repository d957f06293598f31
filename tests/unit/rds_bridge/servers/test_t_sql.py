"""The look-out for what is not T-SQL sees it."""

import pytest

from tests.integration.rds_bridge.t_sql import foreign_words, is_cut_in_no_order


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT a FROM t LIMIT 5",
        "SELECT a FROM t ORDER BY a OFFSET 5 ROWS",
        "INSERT INTO t (a) VALUES (1) RETURNING a",
        "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING",
        "SELECT a FROM t WHERE (a, b) IN ((1, 2))",
        "SELECT a FROM t WHERE b IS TRUE",
        "SELECT a FROM t FOR UPDATE",
        "SELECT a || b FROM t",
    ],
)
def test_what_is_foreign_is_found(statement: str) -> None:
    assert foreign_words(statement)


def test_t_sql_is_not_foreign() -> None:
    statement = "SELECT TOP 5 a FROM t WHERE a IN (1, 2) AND (b = 1 OR c IN (3, 4)) ORDER BY a"
    assert not foreign_words(statement)
    assert not is_cut_in_no_order(statement)


def test_the_first_rows_of_no_order_are_found() -> None:
    assert is_cut_in_no_order("SELECT TOP 5 a FROM t")
