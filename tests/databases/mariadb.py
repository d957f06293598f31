"""MariaDB on loopback, in a folder that goes with it."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases.identity import Identity
from tests.databases.server import Server, ServerMissing, free_port, run_once, running
from tests.databases.unprivileged import give_away, own_copies, own_folder, write_own

MARIADB_SCRIPTS = Path("/usr/share/mysql")


@contextmanager
def running_mariadb(
    port: int | None = None, identity: Identity | None = None, *, durable: bool = False
) -> Iterator[Server]:
    """MariaDB on `port` (None: a free one), with TLS if it has an identity.

    Args:
        durable: as for PostgreSQL.

    Raises:
        ServerMissing, ServerFailed: see there.
    """
    program = mariadb_program()
    if program is None:
        raise ServerMissing("MariaDB is not installed")
    port, password = port or free_port(), secrets.token_urlsafe(12)
    with own_folder("calcutta-mariadb-") as folder:
        (folder / "data").mkdir()
        give_away(folder / "data")
        own = [f"--datadir={folder / 'data'}", f"--tmpdir={folder}"]
        run_once([program, "--no-defaults", "--bootstrap", *own], _system_tables())
        first = write_own(
            folder / "first.sql",
            "CREATE DATABASE IF NOT EXISTS calcutta;\n"
            f"CREATE OR REPLACE USER calcutta@'127.0.0.1' IDENTIFIED BY '{password}';\n"
            "GRANT ALL ON calcutta.* TO calcutta@'127.0.0.1';\n"
            # tests have users of their own
            "GRANT CREATE USER ON *.* TO calcutta@'127.0.0.1';\n",
        )
        command = [
            str(program), "--no-defaults", *own, f"--port={port}", "--bind-address=127.0.0.1",
            f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}",
            f"--init-file={first}", "--skip-name-resolve", "--skip-log-bin",
            "--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci",
            f"--innodb-flush-log-at-trx-commit={1 if durable else 2}",
            "--innodb-buffer-pool-size=64M",
        ]  # fmt: skip
        if identity is not None:
            certificate, key = own_copies(identity, folder)
            command += [f"--ssl-cert={certificate}", f"--ssl-key={key}"]
        url = f"mysql+pymysql://calcutta:{password}@127.0.0.1:{port}/calcutta"
        with running(Server(url, port, command, folder / "log", lambda: _accepts(port))) as it:
            yield it


def mariadb_program() -> Path | None:
    """The server's program."""
    found = shutil.which("mariadbd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    return Path(found) if found and MARIADB_SCRIPTS.exists() else None


def _system_tables() -> str:
    """What mariadb-install-db would say to the server; it needs more packages than the server."""
    scripts = ("mysql_system_tables.sql", "mysql_system_tables_data.sql")
    parts = [(MARIADB_SCRIPTS / it).read_text(encoding="utf-8") for it in scripts]
    return "\n".join(["CREATE DATABASE mysql;", "USE mysql;", *parts])


def _accepts(port: int) -> bool:
    """Whether the server greets whoever connects: it does so once its users are made."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.settimeout(5)
            return bool(connection.recv(1))
    except OSError:
        return False
