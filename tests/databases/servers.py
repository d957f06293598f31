"""PostgreSQL and MariaDB on loopback, in folders that go with them, for tests and for chaos.

    with running_postgresql() as server:
        server.url        # for SQLAlchemy; a user with a password, an empty database
        server.kill()     # kill -9, with all that it had not written yet
        server.start()    # as a restart after a crash: same port, same files

The standard library is all they need: `.ci/run` starts them before there is a `.venv`. A server
ends with the thread that started it, however that ends (Linux's parent-death signal).
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.databases.identity import Identity

START_SECONDS = 60.0
MARIADB_SCRIPTS = Path("/usr/share/mysql")
UNPRIVILEGED = "nobody"
"""Both servers refuse to run as root; then they run as this user."""


class ServerMissing(RuntimeError):
    """Its programs are not installed."""


class ServerFailed(RuntimeError):
    """A program of the server ended with an error; the last lines it wrote are in the message."""


class Server:
    """A database server that can be killed and started again."""

    def __init__(
        self, url: str, port: int, command: Sequence[str], log: Path, ready: Callable[[], bool]
    ) -> None:
        self.url = url
        self.port = port
        self._command = command
        self._log = log
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    def __repr__(self) -> str:
        return f"Server(port={self.port})"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self, *, wait: bool = True) -> None:
        """Start it; with `wait`, return once it accepts connections."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                as_unprivileged(["setpriv", "--pdeathsig", "KILL", *self._command]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        if wait:
            self.await_ready()

    def await_ready(self) -> None:
        """Return once it accepts connections.

        Raises:
            ServerFailed: it ended, or did not accept any in time.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise ServerFailed(f"the server did not start\n{tail(self._log)}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it at once (SIGKILL), as a host that fails."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it at once, but let it give back what the system lent it."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


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
    with _folder("calcutta-postgresql-") as folder:
        password_file = _write(folder / "password", password)
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
            certificate, key = _taken(identity, folder)
            command += ["-c", "ssl=on", "-c", f"ssl_cert_file={certificate}",
                        "-c", f"ssl_key_file={key}"]  # fmt: skip
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        url = f"postgresql+psycopg://calcutta:{password}@127.0.0.1:{port}/postgres"
        with _running(Server(url, port, command, folder / "log", lambda: _succeeds(ready))) as it:
            yield it


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
    with _folder("calcutta-mariadb-") as folder:
        (folder / "data").mkdir()
        _give_away(folder / "data")
        own = [f"--datadir={folder / 'data'}", f"--tmpdir={folder}"]
        run_once([program, "--no-defaults", "--bootstrap", *own], _system_tables())
        first = _write(
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
            certificate, key = _taken(identity, folder)
            command += [f"--ssl-cert={certificate}", f"--ssl-key={key}"]
        url = f"mysql+pymysql://calcutta:{password}@127.0.0.1:{port}/calcutta"
        with _running(Server(url, port, command, folder / "log", lambda: _accepts(port))) as it:
            yield it


def postgresql_programs() -> Path | None:
    """The folder of its newest version's programs: Debian leaves them outside of PATH."""
    versions = [it for it in Path("/usr/lib/postgresql").glob("*/bin") if (it / "initdb").exists()]
    if versions:
        return max(versions, key=lambda it: float(it.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def pgbouncer_program() -> str | None:
    """Its program, which Debian keeps where only root's PATH leads."""
    return shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")


def mariadb_program() -> Path | None:
    """The server's program."""
    found = shutil.which("mariadbd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    return Path(found) if found and MARIADB_SCRIPTS.exists() else None


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_unprivileged(command: Sequence[str]) -> list[str]:
    """The command, run as `nobody` if this is root."""
    if os.geteuid() != 0:
        return list(command)
    user = pwd.getpwnam(UNPRIVILEGED)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
            *command]  # fmt: skip


def run_once(command: Sequence[object], says: str | None = None) -> None:
    """Run a program that prepares a server, with `says` as its input.

    Raises:
        ServerFailed: it failed.
    """
    done = subprocess.run(
        as_unprivileged([str(it) for it in command]),
        input=says, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/",
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ServerFailed(f"{command[0]} failed\n{done.stdout[-2000:]}")


def tail(log: Path, lines: int = 30) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _system_tables() -> str:
    """What mariadb-install-db would say to the server; it needs more packages than the server."""
    scripts = ("mysql_system_tables.sql", "mysql_system_tables_data.sql")
    parts = [(MARIADB_SCRIPTS / it).read_text(encoding="utf-8") for it in scripts]
    return "\n".join(["CREATE DATABASE mysql;", "USE mysql;", *parts])


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    _give_away(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, text: str) -> Path:
    """A file that only the server may read."""
    path.touch(mode=0o600)
    path.write_text(text)
    _give_away(path)
    return path


def _taken(identity: Identity, folder: Path) -> tuple[Path, Path]:
    """Copies that the server may read, and its key nobody else."""
    return (
        _write(folder / "server.crt", identity.certificate.read_text()),
        _write(folder / "server.key", identity.key.read_text()),
    )


def _give_away(path: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, user.pw_uid, user.pw_gid)


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def _accepts(port: int) -> bool:
    """Whether the server greets whoever connects: it does so once its users are made."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.settimeout(5)
            return bool(connection.recv(1))
    except OSError:
        return False
