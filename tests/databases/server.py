"""A database server on loopback, for tests and for chaos.

    with running_postgresql() as server:
        server.url        # for SQLAlchemy; a user with a password, an empty database
        server.kill()     # kill -9, with all that it had not written yet
        server.start()    # as a restart after a crash: same port, same files

The standard library is all it needs: `.ci/run` starts servers before there is a `.venv`. A server
ends with the thread that started it, however that ends (Linux's parent-death signal).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.databases.unprivileged import as_unprivileged

START_SECONDS = 60.0


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
        """End it and all its processes at once (SIGKILL), as a host that fails.

        PostgreSQL's outlive it for a moment, and while one does, it cannot be started again.
        """
        children = _children_of(self.pid)
        self._end(signal.SIGKILL)
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        while any(_runs(child) for child in children):
            time.sleep(0.005)

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
def running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _children_of(pid: int | None) -> list[int]:
    if pid is None:
        return []
    with suppress(FileNotFoundError):
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return []


def _runs(pid: int) -> bool:
    """False also of one that has ended and that nobody has asked after yet."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


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


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def tail(log: Path, lines: int = 30) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
