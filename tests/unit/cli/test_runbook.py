"""What the runbook tells an operator to type can be typed."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from calcutta.main import app
from calcutta.problems import Problem

RUNBOOK = (Path(__file__).parents[3] / "docs" / "runbook.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?:^|`)(calcutta [a-z][^`\n]*?)(?:`|$)", RUNBOOK, re.MULTILINE)))


class Parsed(Problem):
    """The command was understood, and asks for its stage."""


def run(line: str) -> Any:
    """Run a command line until it asks for its stage."""

    def no_stage(name: str) -> None:
        raise Parsed(f"parsed for {name}")

    words = shlex.split(line.replace("FILE", __file__).replace("NAME VALUE", "clock_ms 15s"))
    return CliRunner().invoke(app, words[1:], obj=no_stage)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_runbook_parses(line: str) -> None:
    assert run(line).stderr == "calcutta: parsed for STAGE\n"


def test_the_commands_of_the_runbook_are_found() -> None:
    assert {" ".join(it.split()[1:3]) for it in COMMANDS} >= {
        "release rollback",
        "config set",
        "sync redrive",
        "canary --stage",
    }


@pytest.mark.parametrize(
    "line", ["calcutta nonsense", "calcutta sync mend", "calcutta sync list --colour red"]
)
def test_a_command_that_there_is_not_does_not_parse(line: str) -> None:
    assert run(line).exit_code == 2
