"""PostgreSQL on loopback, in a folder that goes with it."""

from __future__ import annotations

import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.databases.identity import Identity
from tests.databases.server import Server, ServerMissing, free_port, run_once, running
from tests.databases.unprivileged import own_copies, own_folder, write_own


@contextmanager
def running_postgresql(
    port: int | None = None, identity: Identity | None = None, *, durable: bool = False
) -> Iterator[Server]:
    """PostgreSQL on `port` (None: a free one), with TLS if it has an identity.

    Args:
        durable: a commit waits for the disk, as is PostgreSQL's default. Without it a killed
            server keeps what it committed, and a machine without power does not.

    Raises:
        ServerMissing, ServerFailed: see there.
    """
    programs = postgresql_programs()
    if programs is None:
        raise ServerMissing("PostgreSQL is not installed")
    port, password = port or free_port(), secrets.token_urlsafe(12)
    with own_folder("calcutta-postgresql-") as folder:
        password_file = write_own(folder / "password", password)
        run_once(
            [programs / "initdb", "--pgdata", folder / "data", "--username", "calcutta",
             "--pwfile", password_file, "--auth", "scram-sha-256", "--encoding", "UTF8",
             "--locale", "C", "--no-sync"]
        )  # fmt: skip
        command = [
            str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port),
            "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}",
            "-c", f"fsync={'on' if durable else 'off'}", "-c", "max_connections=100",
        ]  # fmt: skip
        if identity is not None:
            certificate, key = own_copies(identity, folder)
            command += ["-c", "ssl=on", "-c", f"ssl_cert_file={certificate}",
                        "-c", f"ssl_key_file={key}"]  # fmt: skip
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        url = f"postgresql+psycopg://calcutta:{password}@127.0.0.1:{port}/postgres"
        with running(Server(url, port, command, folder / "log", lambda: _succeeds(ready))) as it:
            yield it


def postgresql_programs() -> Path | None:
    """The folder of its newest version's programs: Debian leaves them outside of PATH."""
    versions = [it for it in Path("/usr/lib/postgresql").glob("*/bin") if (it / "initdb").exists()]
    if versions:
        return max(versions, key=lambda it: float(it.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0
