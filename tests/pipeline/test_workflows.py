"""The pipeline's workflows, as far as they can be judged without GitHub."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from calcutta.main import app
from calcutta.problems import Problem
from tests.browser.conftest import SHOTS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EXAMPLES = {"$STAGE": "staging", "$BUILD": "7", "$COMMIT": "0f3a9c1"}

every_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def workflow(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text())
    return found


def jobs(file: Path) -> list[dict[str, Any]]:
    return list(workflow(file.name)["jobs"].values())


def lines_run(file: Path) -> list[str]:
    """What its steps type."""
    steps = [step for job in jobs(file) for step in job.get("steps", [])]
    return [line for step in steps for line in step.get("run", "").splitlines()]


def commands() -> list[str]:
    typed = [line for file in FILES for line in lines_run(file)]
    return [line.removeprefix(".venv/bin/") for line in typed if ".venv/bin/calcutta" in line]


def targets_of_make() -> set[str]:
    makefile = (ROOT / "Makefile").read_text()
    return {name for line in re.findall(r"^([a-z ]+):", makefile, re.M) for name in line.split()}


@every_workflow
def test_a_workflow_holds_no_key_and_reads_no_secret(file: Path) -> None:
    text = file.read_text()
    assert "secrets" not in text
    assert not re.search(r"AKIA|aws-access-key|aws_secret", text, re.I)


@every_workflow
def test_a_workflow_may_only_read_unless_a_job_says_more(file: Path) -> None:
    assert workflow(file.name)["permissions"] == {"contents": "read"}
    more = [job.get("permissions", {}) for job in jobs(file)]
    assert all(it in ({}, {"contents": "read", "id-token": "write"}) for it in more)


@every_workflow
def test_no_text_of_a_person_is_pasted_into_a_shell(file: Path) -> None:
    assert not [line for line in lines_run(file) if "${{" in line]


def test_a_pull_request_runs_what_lands_a_change_and_gets_no_role() -> None:
    [job] = workflow("pull-request.yml")["jobs"].values()
    assert [it["run"] for it in job["steps"] if "run" in it] == [
        "sudo --preserve-env=PATH bash .ci/run"
    ]
    assert "permissions" not in job


def test_a_pull_request_keeps_the_browsers_screenshots_even_if_it_fails() -> None:
    (job,) = jobs(ROOT / ".github" / "workflows" / "pull-request.yml")
    (kept,) = [it for it in job["steps"] if "upload-artifact" in it.get("uses", "")]
    assert kept["if"] == "always()"
    assert ROOT / kept["with"]["path"] == SHOTS
    assert kept["with"]["include-hidden-files"]


def test_staging_follows_main_and_prod_waits_for_a_person() -> None:
    # YAML reads the key `on` as true
    assert workflow("staging.yml")[True] == {"push": {"branches": ["main"]}}
    assert set(workflow("prod.yml")[True]) == {"workflow_dispatch"}


@pytest.mark.parametrize("stage", ["staging", "prod"])
def test_both_go_through_the_same_release(stage: str) -> None:
    [job] = workflow(f"{stage}.yml")["jobs"].values()
    assert job["uses"] == "./.github/workflows/release.yml"
    assert job["with"]["stage"] == stage


def test_a_release_is_gated_by_its_stages_environment_and_has_the_stage_to_itself() -> None:
    release = workflow("release.yml")
    [job] = release["jobs"].values()
    assert job["environment"] == "${{ inputs.stage }}"
    assert release["concurrency"] == {
        "group": "release-${{ inputs.stage }}",
        "cancel-in-progress": False,
    }


def test_a_release_deploys_records_checks_and_promotes_in_this_order() -> None:
    typed = [" ".join(line.split()[1:3]) for line in commands()]
    assert typed == ["stage up", "release record", "canary --stage", "release promote"]


@pytest.mark.parametrize("line", commands())
def test_a_command_of_a_workflow_parses(line: str) -> None:
    class Parsed(Problem):
        """The command was understood, and asks for its stage."""

    def no_stage(name: str) -> None:
        raise Parsed(f"parsed for {name}")

    words = [EXAMPLES.get(word, word) for word in shlex.split(line)]
    assert (
        CliRunner().invoke(app, words[1:], obj=no_stage).stderr == "calcutta: parsed for staging\n"
    )


def test_the_targets_of_make_that_are_typed_are_there() -> None:
    typed = [line.split()[1:] for file in FILES for line in lines_run(file) if "make " in line]
    assert typed
    assert {name for names in typed for name in names} <= targets_of_make()
