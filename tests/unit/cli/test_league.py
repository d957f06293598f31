from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from calcutta.stages import Stage
from shared.bridge import ImportPreview, LeagueImported, MemberPreview
from shared.errors import ImportProblem
from tests.unit.cli.fakes import FakeBridge, FakeCognito, calcutta, fake_stage

MEMBERS = (
    MemberPreview("Ada", "Ada@example.com", "commissioner"),
    MemberPreview("Ben", "ben@example.com", "bidder"),
)


def bridge(problems: tuple[ImportProblem, ...] = ()) -> FakeBridge:
    return FakeBridge(
        PreviewImport=lambda request: ImportPreview(64, 64, 64, MEMBERS, problems),
        ImportLeague=lambda request: LeagueImported("l-1", "a-1", 64, 2),
    )


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "teams.csv").write_text("teams")
    (tmp_path / "members.csv").write_text("members")
    return ["--teams", str(tmp_path / "teams.csv"), "--members", str(tmp_path / "members.csv")]


def create(stage: Stage, files: list[str], *arguments: str) -> Any:
    return calcutta("league", "create", *files, *arguments, stage=stage)


def test_a_league_is_imported_and_its_ids_are_said(files: list[str]) -> None:
    result = create(fake_stage(functions=bridge(), cognito=FakeCognito()), files)
    assert result.exit_code == 0, result.output
    assert "a-1" in result.stdout
    assert "l-1" in result.stdout


def test_as_json_only_the_reply_is_written(files: list[str]) -> None:
    stage = fake_stage(functions=bridge(), cognito=FakeCognito())
    assert json.loads(create(stage, files, "--json").stdout)["auction_id"] == "a-1"


def test_every_member_has_a_user_known_or_new(files: list[str]) -> None:
    functions = bridge()
    cognito = FakeCognito("ben@example.com")
    create(fake_stage(functions=functions, cognito=cognito), files)
    name, request = functions.requests[-1]
    assert name == "ImportLeague"
    assert request["user_ids"] == {
        "ada@example.com": "sub-of-ada@example.com",
        "ben@example.com": "sub-of-ben@example.com",
    }


def test_rules_reach_the_import_in_cents_and_ms(files: list[str]) -> None:
    functions = bridge()
    stage = fake_stage(functions=functions, cognito=FakeCognito())
    options = "--clock 15s --extension 500ms --budget 500.00 --bundle-seed 16 --bundle-seed 15"
    create(stage, files, *options.split())
    request = functions.requests[-1][1]
    assert request["rules"]["clock_ms"] == 15_000
    assert request["rules"]["extension_ms"] == 500
    assert request["rules"]["budget_cents"] == 50_000
    assert request["files"]["bundled_seeds"] == [16, 15]


def test_problems_are_shown_by_line_and_nothing_is_done(files: list[str]) -> None:
    functions = bridge((ImportProblem("teams.csv", 3, "seed [red]x[/red] is no number"),))
    cognito = FakeCognito()
    result = create(fake_stage(functions=functions, cognito=cognito), files)
    assert result.exit_code == 1
    assert "teams.csv line 3: seed [red]x[/red] is no number" in result.stdout
    assert [name for name, _ in functions.requests] == ["PreviewImport"]
    assert cognito.known == set()


def test_only_a_promoted_stage_invites_people(files: list[str]) -> None:
    invited = []
    for name in ("local", "prod"):
        cognito = FakeCognito()
        create(fake_stage(name, functions=bridge(), cognito=cognito), files)
        invited.append(sorted(cognito.invited))
    assert invited == [[], ["ada@example.com", "ben@example.com"]]


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.csv")
    result = create(fake_stage(), ["--teams", missing, "--members", missing])
    assert result.exit_code == 1
    assert "none.csv: No such file" in result.stderr


def test_a_wrong_duration_is_explained(files: list[str]) -> None:
    result = create(fake_stage(), files, "--clock", "soon")
    assert result.exit_code == 2
    assert "not a duration" in result.stderr


def test_the_rules_of_a_file_reach_preview_and_import(files: list[str], tmp_path: Path) -> None:
    functions = bridge()
    (tmp_path / "rules.toml").write_text("[fee]\npercent = 1.5\n")
    stage = fake_stage(functions=functions, cognito=FakeCognito())
    create(stage, files, "--rules", str(tmp_path / "rules.toml"))
    assert [request["settlement"]["fee"]["basis_points"] for _, request in functions.requests] == [
        150,
        150,
    ]


def test_rules_that_cannot_be_understood_are_one_line(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("[fee]\npercent = 1.555\n")
    result = create(fake_stage(), files, "--rules", str(tmp_path / "rules.toml"))
    assert result.exit_code == 1
    assert "fee: percent is not a percentage" in result.stderr
