"""What SQL Server does not understand, though the other databases do."""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    r"\b(LIMIT|OFFSET|RETURNING|MERGE|ON CONFLICT|ON DUPLICATE|FOR UPDATE|ILIKE|TRUE|FALSE)\b"
    r"|\([^()]+,[^()]+\) (NOT )?IN \("  # a row in a list of rows
    r"|\|\|"
)


def foreign_words(statement: str) -> list[str]:
    """The words and operators of a statement that are not T-SQL."""
    return [it.group() for it in _FOREIGN.finditer(statement)]


def is_cut_in_no_order(statement: str) -> bool:
    """Whether it takes the first rows of what has no first row."""
    return "SELECT TOP" in statement and "ORDER BY" not in statement
