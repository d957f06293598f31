"""The sources of a deploy: the checkout that this command was installed from."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path

import yaml

from calcutta.problems import Problem

ROOT = Path(__file__).resolve().parents[3]

_COMPOSE = "serverless-compose.yml"
_DEPLOYED = (_COMPOSE, "serverless.common.yml", "plugins", "shared", "services")
_LINKED = ("node_modules", ".requirements-cache")
_IGNORED = shutil.ignore_patterns(
    ".*", "__pycache__", "node_modules", "*.egg-info", "dist", "tests"
)
_KEPT_LINES = 80

OnLine = Callable[[str], None]


class DeployFailed(RuntimeError):
    """The deploy ended with an error; `output` has the last lines it wrote."""

    def __init__(self, command: str, output: str) -> None:
        super().__init__(f"{command} failed\n{output}")
        self.output = output


def services(root: Path = ROOT) -> list[str]:
    """The services in the order in which they are deployed, as serverless-compose.yml says.

    Raises:
        Problem: the command was not installed from a checkout.
    """
    compose = root / _COMPOSE
    if not compose.is_file():
        raise Problem("`calcutta stage` needs the checkout: install it there with make setup")
    said = yaml.safe_load(compose.read_text())["services"]
    needs = {name: _listed(it.get("dependsOn", [])) for name, it in said.items()}
    return list(TopologicalSorter(needs).static_order())


def tools(root: Path = ROOT) -> Path:
    """The folder of osls and osls-compose.

    Raises:
        Problem: they are not installed.
    """
    folder = root / "node_modules" / ".bin"
    if not (folder / "osls-compose").exists():
        raise Problem(f"osls is not installed in {root}: run make setup there")
    return folder


@contextmanager
def copy_of(root: Path = ROOT) -> Iterator[Path]:
    """A copy of what is deployed, to deploy from.

    Compose and osls keep their state beside the sources: on copies, deploys of several stages can
    run at once, and the checkout stays as it is.
    """
    (ROOT / ".requirements-cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="calcutta-deploy-") as scratch:
        copy = Path(scratch)
        for name in _DEPLOYED:
            source = root / name
            if source.is_dir():
                shutil.copytree(source, copy / name, symlinks=True, ignore=_IGNORED)
            else:
                shutil.copy2(source, copy / name)
        for name in _LINKED:
            (copy / name).symlink_to(ROOT / name)
        yield copy


def run(
    command: list[str], cwd: Path, env: Mapping[str, str], on_line: OnLine | None = None
) -> None:
    """Run one of the deploy's tools, and hand on each line that it writes.

    Raises:
        DeployFailed: it ended with an error.
    """
    lines: list[str] = []
    with subprocess.Popen(  # noqa: S603 - the command is ours
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if on_line:
                on_line(lines[-1])
    if process.returncode != 0:
        raise DeployFailed(" ".join(command), "\n".join(lines[-_KEPT_LINES:]))


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names
