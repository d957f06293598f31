"""The file that says how a league is settled, as a person writes it: in dollars and per cent.

    [fee]                         # or amount = 50
    percent = 2.5

    [[tax]]
    from = 200
    percent = 10

    [[payouts]]
    name = "Wins in Sweet 16"
    round = "Sweet 16"            # without it, the prize is awarded by hand
    percent = 2                   # for each win; or amount = 25

TOML, or the same as JSON in a file whose name ends in `.json`.
"""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import msgspec

from calcutta.problems import Problem
from shared.limits import MAX_AMOUNT_CENTS
from shared.settlement import SettlementRules

_HUNDREDTHS = {
    "percent": ("basis_points", 100, "a percentage from 0.01 to 100, in hundredths"),
    "amount": ("fixed_cents", MAX_AMOUNT_CENTS // 100, "an amount in dollars, such as 120 or 7.50"),
    "from": ("from_cents", MAX_AMOUNT_CENTS // 100, "an amount in dollars, such as 0 or 7.50"),
}
"""How each number of a person's is kept: its field, its greatest value, and what it is."""


def read_rules(path: Path) -> SettlementRules:
    """The rules in a file; whether they add up in a tournament, the bridge says.

    Raises:
        Problem: the file cannot be understood.
        OSError: it cannot be read.
    """
    document = _document(path)
    try:
        return msgspec.convert(_table(document, "the file"), SettlementRules)
    except (msgspec.ValidationError, ValueError) as error:
        raise Problem(f"{path}: {error}") from None


def _document(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8-sig")
        # Decimals keep what was written; a float would not.
        if path.suffix.lower() == ".json":
            return json.loads(text, parse_float=Decimal)
        return tomllib.loads(text, parse_float=Decimal)
    except (UnicodeDecodeError, RecursionError):
        raise Problem(f"{path} is no TOML or JSON text") from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise Problem(f"{path}: {error}") from None


def _table(table: object, where: str) -> dict[str, Any]:
    """A table with its numbers in basis points and cents, and all tables in it."""
    if not isinstance(table, dict):
        raise ValueError(f"{where} is not a table")  # noqa: TRY004 (the caller's one refusal)
    kept: dict[str, Any] = {}
    for key, value in table.items():
        if key in _HUNDREDTHS:
            kept[_HUNDREDTHS[key][0]] = _hundredths(value, key, where)
        elif key == "fee":
            kept[key] = _table(value, key)
        elif isinstance(value, list):
            kept[key] = [_table(it, f"{key} {i}") for i, it in enumerate(value, start=1)]
        else:
            kept[key] = value
    return kept


def _hundredths(value: object, key: str, where: str) -> int:
    _, greatest, meaning = _HUNDREDTHS[key]
    problem = ValueError(f"{where}: {key} is not {meaning}")
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise problem
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise problem from None
    if not amount.is_finite() or not 0 <= amount <= greatest or amount * 100 % 1 != 0:
        raise problem
    return int(amount * 100)
