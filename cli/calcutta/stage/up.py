"""Bringing a stage up: deploy all services, migrate the database."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from calcutta.bridge import Bridge
from calcutta.problems import Problem
from calcutta.stage.checkout import ROOT, OnLine, copy_of, run, tools
from calcutta.stages import LOCAL, Stage

DATABASE = "CALCUTTA_DATABASE_URL"
_WHERE = ("subnet-ids", "security-group-ids", "host", "name", "secret-arn")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_QUIET = {
    "SLS_TELEMETRY_DISABLED": "1",
    "SLS_DISABLE_AUTO_UPDATE": "1",
    "SLS_NOTIFICATIONS_MODE": "off",
    "NODE_NO_WARNINGS": "1",
}


def check_database(stage: Stage, environ: Mapping[str, str]) -> None:
    """A deploy without its database's address would fail halfway.

    Raises:
        Problem: what is missing, and how to say it.
    """
    if stage.name == LOCAL:
        if not environ.get(DATABASE):
            raise Problem(f"set {DATABASE}, for instance to sqlite:////tmp/league.sqlite3")
        return
    names = [f"/calcutta/{stage.name}/database/{it}" for it in _WHERE]
    missing = stage.client("ssm").get_parameters(Names=names)["InvalidParameters"]
    if missing:
        raise Problem(
            f"stage {stage.name} does not say where its database is; for each of "
            f"{', '.join(sorted(missing))}: "
            "aws ssm put-parameter --type String --name NAME --value VALUE"
        )


def deploy(stage: Stage, say: OnLine, root: Path = ROOT) -> None:
    """Deploy every service, in the order of serverless-compose.yml.

    Raises:
        Problem: osls is not installed.
        DeployFailed: osls failed.
    """
    environment = tool_environment(os.environ, tools(root))
    with copy_of(root) as copy:
        run(
            ["osls-compose", "deploy", "--stage", stage.name],
            copy,
            environment,
            lambda line: _tell_step(line, say),
        )


def migrate(stage: Stage) -> str:
    """Bring the schema to the revision of the code just deployed; that revision.

    In a promoted stage that code is not live yet: a migration has to suit the code before it too.
    """
    return Bridge(stage).migrate_with_newest().revision


def tool_environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What osls runs in: this command's environment, the tools first in its path, no chatter."""
    path = f"{folder}{os.pathsep}{environ.get('PATH', os.defpath)}"
    return {**environ, **_QUIET, "PATH": path}


def _tell_step(line: str, say: OnLine) -> None:
    """Compose marks what is done with a tick; the rest is of use only when it fails."""
    text = _ANSI.sub("", line).strip()
    if "✔" in text:
        say(text)
