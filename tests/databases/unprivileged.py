"""The user whom servers run as, and the files that are theirs."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.databases.identity import Identity

UNPRIVILEGED = "nobody"
"""The servers refuse to run as root; then they run as this user."""


def as_unprivileged(command: Sequence[str]) -> list[str]:
    """The command, run as `nobody` if this is root."""
    if os.geteuid() != 0:
        return list(command)
    user = pwd.getpwnam(UNPRIVILEGED)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
            *command]  # fmt: skip


@contextmanager
def own_folder(prefix: str) -> Iterator[Path]:
    """A folder of the server's, for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    give_away(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_own(path: Path, text: str) -> Path:
    """A file that only the server may read."""
    path.touch(mode=0o600)
    path.write_text(text)
    give_away(path)
    return path


def own_copies(identity: Identity, folder: Path) -> tuple[Path, Path]:
    """Copies that the server may read, and its key nobody else."""
    return (
        write_own(folder / "server.crt", identity.certificate.read_text()),
        write_own(folder / "server.key", identity.key.read_text()),
    )


def give_away(path: Path) -> None:
    """To the user whom the servers run as."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, user.pw_uid, user.pw_gid)
