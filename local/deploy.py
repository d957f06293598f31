"""The real deploy of all services, onto an emulator."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local.emulator import ROOT

_DEPLOYED = ("serverless-compose.yml", "serverless.common.yml", "plugins", "shared", "services")
_IGNORED = shutil.ignore_patterns(
    ".*", "__pycache__", "node_modules", "*.egg-info", "dist", "tests"
)


class DeployFailed(RuntimeError):
    """The deploy ended with an error; `output` has the last lines it wrote."""

    def __init__(self, command: str, output: str) -> None:
        super().__init__(f"{command} failed\n{output}")
        self.output = output


def deploy(
    endpoint: str,
    stage: str = "local",
    on_line: Callable[[str], None] | None = None,
    root: Path = ROOT,
    database_url: str = "sqlite://",
) -> float:
    """Deploy every service of `root` to the emulator at `endpoint`; return the seconds it took.

    `database_url` is where the bridge keeps leagues, as SQLAlchemy writes it.

    Compose and osls keep their state beside the sources, so this works on a copy of them: deploys
    to several emulators can run at once, and the checkout stays as it is.
    """
    started = time.monotonic()
    with _copy_of(root) as copy:
        _run(
            ["osls-compose", "deploy", "--stage", stage],
            copy,
            deploy_environment(endpoint) | {"CALCUTTA_DATABASE_URL": database_url},
            on_line,
        )
    return time.monotonic() - started


def deploy_environment(endpoint: str) -> dict[str, str]:
    """Return the environment in which osls deploys to the emulator at `endpoint`."""
    tools = ROOT / "node_modules" / ".bin"
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": os.environ.get("HOME", "/"),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "SLS_AWS_MONITORING_FREQUENCY": "300",
        "SLS_TELEMETRY_DISABLED": "1",
        "SLS_DISABLE_AUTO_UPDATE": "1",
        "SLS_NOTIFICATIONS_MODE": "off",
        "NODE_NO_WARNINGS": "1",
    }


@contextmanager
def _copy_of(root: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="calcutta-deploy-") as scratch:
        copy = Path(scratch)
        for name in _DEPLOYED:
            source = root / name
            if source.is_dir():
                shutil.copytree(source, copy / name, symlinks=True, ignore=_IGNORED)
            else:
                shutil.copy2(source, copy / name)
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
        yield copy


def _run(
    command: list[str],
    cwd: Path,
    env: dict[str, str],
    on_line: Callable[[str], None] | None,
) -> None:
    lines: list[str] = []
    with subprocess.Popen(
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
        raise DeployFailed(" ".join(command), "\n".join(lines[-80:]))
