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


def package(project: Path, stage: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `serverless package` without credentials, and return what it printed."""
    return subprocess.run(
        [ROOT / "node_modules" / ".bin" / "osls", "package", "--stage", stage],
        cwd=project / SERVICE,
        env={"PATH": os.environ["PATH"], "HOME": str(project), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def template(project: Path) -> dict[str, Any]:
    path = project / SERVICE / ".serverless" / "cloudformation-template-update-stack.json"
    compiled: dict[str, Any] = json.loads(path.read_text())
    return compiled


def zipped_names(project: Path) -> set[str]:
    with zipfile.ZipFile(project / SERVICE / ".serverless" / "toy.zip") as archive:
        return set(archive.namelist())
