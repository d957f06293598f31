from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from shared.errors import ImportProblem
from shared.settlement import ResultsImported, RuleTotal, Settlement, Standing
from tests.unit.cli.fakes import FakeBridge, RefusingBridge, calcutta, fake_stage

SETTLEMENT = Settlement(
    auction_id="a-1",
    title="League",
    prize_pool_cents=100_00,
    fee_cents=1_00,
    returned_cents=0,
    standings=(
        Standing(1, "Ben [red]", 40_00, 0, 40_00, (), 0, 99_00, 59_00),
        Standing(0, "Ada", 60_00, 0, 60_00, (), 0, 0, -60_00),
    ),
    rules=(RuleTotal("Title", 1, 1, 99_00),),
    pending=(),
)


def bridge(settlement: Settlement = SETTLEMENT) -> FakeBridge:
    return FakeBridge(
        Settle=lambda request: settlement,
        ImportResults=lambda request: ResultsImported(67, 67, len(request["awards"] or {})),
    )


def settle(*arguments: str, functions: Any = None) -> Any:
    stage = fake_stage(functions=functions or bridge())
    return calcutta("settle", "a-1", *arguments, stage=stage)


@pytest.fixture
def results(tmp_path: Path) -> str:
    (tmp_path / "results.csv").write_text("results")
    return str(tmp_path / "results.csv")


def test_standings_are_shown_with_user_text_as_it_is() -> None:
    shown = settle()
    assert shown.exit_code == 0, shown.output
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert "Ben [red] $40.00 $0.00 $40.00 $99.00 $59.00" in lines
    assert "Ada $60.00 $0.00 $60.00 $0.00 -$60.00" in lines
    assert "Title 1 of 1 $99.00" in lines
    assert "prize pool $100.00, fee $1.00" in lines


def test_as_json_the_settlement_is_one_object_in_cents() -> None:
    said = json.loads(settle("--json").stdout)
    assert (said["prize_pool_cents"], said["standings"][1]["net_return_cents"]) == (10_000, -6_000)


def test_what_is_pending_is_said() -> None:
    shown = settle(functions=bridge(replace(SETTLEMENT, pending=("Upset: not awarded yet",))))
    assert "not final: Upset: not awarded yet" in shown.stdout


def test_what_goes_back_to_the_members_is_said() -> None:
    shown = settle(functions=bridge(replace(SETTLEMENT, returned_cents=5_00)))
    assert "owed to nobody, returned by buy-in: $5.00" in shown.stdout


def test_results_are_imported_before_the_settlement(results: str) -> None:
    functions = bridge()
    assert "67 of 67 games imported" in settle("--results", results, functions=functions).stdout
    assert functions.requests == [
        ("ImportResults", {"auction_id": "a-1", "results_csv": "results", "awards": None}),
        ("Settle", {"auction_id": "a-1"}),
    ]


def test_an_award_names_a_payout_and_a_team(results: str) -> None:
    functions = bridge()
    settle("--results", results, "--award", "Biggest upset=F Dickinson", functions=functions)
    assert functions.requests[0][1]["awards"] == {"Biggest upset": "F Dickinson"}


@pytest.mark.parametrize("award", ["Upset", "=Duke", "Upset="])
def test_an_award_without_a_payout_or_a_team_is_explained(results: str, award: str) -> None:
    refused = settle("--results", results, "--award", award)
    assert refused.exit_code == 2
    assert "PAYOUT=TEAM" in refused.stderr


def test_awards_come_with_results() -> None:
    refused = settle("--award", "Upset=Duke")
    assert refused.exit_code == 2
    assert "--results" in refused.stderr


def test_problems_of_the_file_are_shown_by_line_and_nothing_is_settled(results: str) -> None:
    functions = RefusingBridge(ImportProblem("results.csv", 3, "no such [red]team[/red]"))
    refused = settle("--results", results, functions=functions)
    assert refused.exit_code == 1
    assert "results.csv line 3: no such [red]team[/red]" in refused.stdout
    assert [name for name, _ in functions.requests] == ["ImportResults"]


def test_standings_are_written_as_csv_and_as_a_workbook(tmp_path: Path) -> None:
    files = [tmp_path / "out.csv", tmp_path / "out.xlsx"]
    shown = settle("--csv", str(files[0]), "--xlsx", str(files[1]))
    assert shown.exit_code == 0, shown.output
    assert '"Ben [red]",40.00' in files[0].read_text(encoding="utf-8-sig")
    assert files[1].read_bytes().startswith(b"PK")


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    for option in ("--csv", "--xlsx"):
        refused = settle(option, str(tmp_path / "none" / "out"))
        assert refused.exit_code == 1
        assert "No such file" in refused.stderr
