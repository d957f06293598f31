"""Debian's packages of the database servers, installed where they are missing and can be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from tests.databases.mariadb import mariadb_program
from tests.databases.postgresql import postgresql_programs

APT_SECONDS = 600
SERVERS: Mapping[str, Callable[[], object]] = {
    "postgresql": postgresql_programs,
    # the server's programs alone: the whole package would start a server of its own
    "mariadb-server-core": mariadb_program,
}
"""What finds the programs of each package, or nothing."""


def install_missing(more: Mapping[str, Callable[[], object]] | None = None) -> None:
    """Install what is missing of the servers, and of `more`; where that is not possible, say so and
    go on."""
    packages = {**SERVERS, **(more or {})}
    missing = [package for package, find in packages.items() if find() is None]
    if not missing:
        return
    wanted = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        say(f"{wanted}: not installed, and only root with apt-get could; going on without")
        return
    say(f"installing {wanted} (about half a minute)")
    if not (_apt_get("update", "-q") and _apt_get("install", "-qy", *missing)):
        say(f"{wanted}: apt-get failed; going on with what is there")


def pgbouncer_program() -> str | None:
    """PgBouncer's program, which Debian keeps where only root's PATH leads."""
    return shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")


def _apt_get(*arguments: str) -> bool:
    command = ["apt-get", "-o", "Dpkg::Use-Pty=0", "-o", "APT::Install-Recommends=false"]
    # RUNLEVEL keeps the package from starting a server
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    try:
        done = subprocess.run([*command, *arguments], env=quiet, timeout=APT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def say(line: str) -> None:
    """Progress, for whoever watches a long command."""
    sys.stderr.write(f"▸ {line}\n")
    sys.stderr.flush()
