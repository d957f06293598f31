"""Packaging the services for a stage in AWS, as a deploy does, without credentials."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STAGE = "prod"
DEVELOPERS_STAGE = "alice"

SERVICES = sorted(it.parent.name for it in ROOT.glob("services/*/serverless.yml"))
SERVICES_WITH_CODE = sorted(it.parent.name for it in ROOT.glob("services/*/requirements.in"))


@dataclass(frozen=True)
class Machine:
    """Where a service is packaged: what pip is allowed to remember, and what it meets."""

    cache: Path = ROOT / ".requirements-cache"
    python: Path = Path(sys.executable).parent
    umask: int = -1
    """For the files that are written; -1 is this process's own."""


THIS = Machine()


@dataclass(frozen=True)
class Packaged:
    """What `osls package` made of a service: a template and, where there is code, a zip."""

    service: str
    folder: Path
    failure: str = field(default="", repr=False)

    @cached_property
    def template_path(self) -> Path:
        return self.folder / "cloudformation-template-update-stack.json"

    @cached_property
    def template(self) -> dict[str, Any]:
        compiled: dict[str, Any] = json.loads(self.template_path.read_text(encoding="utf-8"))
        return compiled

    @cached_property
    def zipped(self) -> list[zipfile.ZipInfo]:
        with zipfile.ZipFile(self.zip_path) as archive:
            return archive.infolist()

    @cached_property
    def unzipped(self) -> Path:
        """The artifact as Lambda unpacks it: only to be read."""
        target = self.folder / "unzipped"
        with zipfile.ZipFile(self.zip_path) as archive:
            archive.extractall(target)
        return target

    @property
    def zip_path(self) -> Path:
        (path,) = self.folder.glob("*.zip")
        return path

    def resources(self, *types: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The template's resources of some types, as logical id and properties."""
        for name, resource in self.template["Resources"].items():
            if resource["Type"] in types:
                yield name, resource.get("Properties", {})


def package(
    service: str, folder: Path, stage: str, machine: Machine = THIS, params: Sequence[str] = ()
) -> Packaged:
    """Run `osls package` on a copy of the sources; if it fails, the result says so."""
    osls = str(ROOT / "node_modules" / ".bin" / "osls")
    target = folder / "package"
    variables = {name: it for name, it in os.environ.items() if not name.startswith("AWS_")}
    path = f"{machine.python}{os.pathsep}{os.environ['PATH']}"
    outcome = subprocess.run(
        [
            osls,
            "package",
            "--stage",
            stage,
            "--package",
            str(target),
            *(f"--param={it}" for it in params),
        ],
        cwd=_copy(service, folder / "project", machine.cache) / "services" / service,
        env=variables | {"PATH": path},
        umask=machine.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    said = outcome.stdout + outcome.stderr
    return Packaged(service, target, failure=said if outcome.returncode else "")


def _copy(service: str, project: Path, cache: Path) -> Path:
    """osls keeps its state beside the sources, where another run may be at work."""
    ignored = shutil.ignore_patterns(".*", "__pycache__")
    for room in ("plugins", "shared", f"services/{service}"):
        shutil.copytree(ROOT / room, project / room, symlinks=True, ignore=ignored)
    shutil.copy2(ROOT / "serverless.common.yml", project)
    for sibling in ROOT.glob("services/*/serverless.yml"):  # the dashboard reads them
        (project / "services" / sibling.parent.name).mkdir(exist_ok=True)
        shutil.copy2(sibling, project / "services" / sibling.parent.name)
    cache.mkdir(exist_ok=True)
    (project / ".requirements-cache").symlink_to(cache)
    (project / "node_modules").symlink_to(ROOT / "node_modules")
    return project
