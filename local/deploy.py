"""The real deploy of all services, onto an emulator."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from calcutta.stage.checkout import DeployFailed, copy_of, run
from local.emulator import ROOT

__all__ = ["DeployFailed", "deploy", "deploy_environment"]


def deploy(
    endpoint: str,
    stage: str = "local",
    on_line: Callable[[str], None] | None = None,
    root: Path = ROOT,
    database_url: str = "sqlite://",
    *,
    promoted: bool = False,
) -> float:
    """Deploy every service of `root` to the emulator at `endpoint`; return the seconds it took.

    `database_url` is where the bridge keeps leagues, as SQLAlchemy writes it. With `promoted` the
    aliases `live` stay where they are, as in staging and production: see plugins/promoted-stage.js.

    Compose and osls keep their state beside the sources, so this works on a copy of them: deploys
    to several emulators can run at once, and the checkout stays as it is.
    """
    started = time.monotonic()
    with copy_of(root) as copy:
        run(
            ["osls-compose", "deploy", "--stage", stage],
            copy,
            deploy_environment(endpoint)
            | {"CALCUTTA_DATABASE_URL": database_url, "CALCUTTA_PROMOTED": str(promoted).lower()},
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
