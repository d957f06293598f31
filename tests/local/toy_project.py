"""A project of one small service, with the real plugins and the real common settings."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from local.emulator import ROOT

SERVICE = Path("services") / "toy"


def make_toy_project(folder: Path) -> Path:
    shutil.copytree(Path(__file__).parent / "toy", folder, symlinks=True)
    shutil.copytree(ROOT / "plugins", folder / "plugins")
    shutil.copy2(ROOT / "serverless.common.yml", folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def write_release(project: Path, name: str) -> None:
    (project / SERVICE / "toy_service" / "release.py").write_text(f'RELEASE = "{name}"\n')


def osls(project: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the Serverless Framework in the service, and return what it printed."""
    return subprocess.run(
        [ROOT / "node_modules" / ".bin" / "osls", *command],
        cwd=project / SERVICE,
        env={"PATH": os.environ["PATH"], "HOME": str(project), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def package(project: Path, stage: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `serverless package` without credentials."""
    return osls(project, "package", "--stage", stage, **environment)


def configure(project: Path, old: str, new: str) -> None:
    """Change something in the service's serverless.yml."""
    config = project / SERVICE / "serverless.yml"
    text = config.read_text()
    assert old in text
    config.write_text(text.replace(old, new, 1))


def restore(project: Path) -> None:
    """Take all changes of the service's serverless.yml back."""
    shutil.copy2(Path(__file__).parent / "toy" / SERVICE / "serverless.yml", project / SERVICE)


def template(project: Path) -> dict[str, Any]:
    path = project / SERVICE / ".serverless" / "cloudformation-template-update-stack.json"
    compiled: dict[str, Any] = json.loads(path.read_text())
    return compiled


def zipped_names(project: Path) -> set[str]:
    with zipfile.ZipFile(project / SERVICE / ".serverless" / "toy.zip") as archive:
        return set(archive.namelist())
