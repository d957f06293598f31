from __future__ import annotations

from pathlib import Path

import pytest

from calcutta.problems import Problem
from calcutta.settle_rules import read_rules
from rds_bridge_service.logic.settlement.rounds import rounds_of
from rds_bridge_service.logic.settlement.rules import checked_rules
from rds_bridge_service.logic.teams_file import read_field
from shared.settlement import Fee, PayoutRule, SettlementRules, TaxBracket

EXAMPLE = Path(__file__).parents[3] / "examples" / "ncaa-mens-2023"
TOML = """
[fee]
percent = 2.5

[[tax]]
from = 300.50
percent = 10

[[payouts]]
name = "Title"
round = "Championship"
percent = 100

[[payouts]]
name = "Upset"
amount = "7.50"
"""
JSON = """
{"fee": {"percent": 2.5}, "tax": [{"from": 300.50, "percent": 10}], "payouts":
[{"name": "Title", "round": "Championship", "percent": 100}, {"name": "Upset", "amount": 7.5}]}
"""
RULES = SettlementRules(
    fee=Fee(basis_points=250),
    tax=(TaxBracket(300_50, 1_000),),
    payouts=(
        PayoutRule("Title", "Championship", basis_points=10_000),
        PayoutRule("Upset", fixed_cents=7_50),
    ),
)


def read(folder: Path, text: str, name: str = "rules.toml") -> SettlementRules:
    (folder / name).write_text(text, encoding="utf-8")
    return read_rules(folder / name)


@pytest.mark.parametrize(("text", "name"), [(TOML, "rules.toml"), (JSON, "rules.JSON")])
def test_dollars_and_per_cent_become_cents_and_basis_points(
    tmp_path: Path, text: str, name: str
) -> None:
    assert read(tmp_path, text, name) == RULES


def test_an_empty_file_leaves_everything_to_the_default(tmp_path: Path) -> None:
    assert read(tmp_path, "") == SettlementRules()


def test_the_example_adds_up_in_the_field_of_2023() -> None:
    field = read_field((EXAMPLE / "teams.csv").read_text()).slots
    checked_rules(read_rules(EXAMPLE / "rules.toml"), rounds_of(field))


@pytest.mark.parametrize("percent", ["0.005", "-1", "100.01", "nan", "inf", "true", '"x"', "1e99"])
def test_what_is_no_percentage_is_refused(tmp_path: Path, percent: str) -> None:
    with pytest.raises(Problem, match="fee: percent is not a percentage"):
        read(tmp_path, f"[fee]\npercent = {percent}")


@pytest.mark.parametrize("amount", ["0.001", "-5", "nan", '"1,000"', "[]", "1e99"])
def test_what_is_no_amount_is_refused(tmp_path: Path, amount: str) -> None:
    with pytest.raises(Problem, match="payouts 1: amount is not an amount in dollars"):
        read(tmp_path, f'[[payouts]]\nname = "Upset"\namount = {amount}')


@pytest.mark.parametrize(
    "text",
    [
        "fee = 5",
        "tax = [5]",
        "[[payouts]]",
        "[fees]",
        "[fee]\npercentage = 5",
        "[fee]\npercent = 0",
    ],
)
def test_what_the_file_cannot_say_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem, match=r"rules\.toml: "):
        read(tmp_path, text)


@pytest.mark.parametrize(("text", "name"), [("fee", "rules.toml"), ("{", "rules.json")])
def test_a_file_that_is_not_its_format_is_refused(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(Problem, match="rules"):
        read(tmp_path, text, name)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Problem, match="no TOML or JSON"):
        read_rules(tmp_path / "rules.toml")
