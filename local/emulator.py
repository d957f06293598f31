"""A running emulator for a test, a benchmark or a person."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0


class EmulatorFailed(RuntimeError):
    """It did not become healthy; `log` has the last lines it wrote."""

    def __init__(self, reason: str, log: str) -> None:
        super().__init__(f"{reason}\n{log}")
        self.log = log


@dataclass(frozen=True)
class Emulator:
    """Where a running emulator answers."""

    port: int
    log_path: Path

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def decisions_path(self) -> Path:
        """What IAM decided, if the emulator evaluates it: see local/decisions.py."""
        return self.log_path.with_name("decisions.jsonl")


@contextmanager
def running_emulator(port: int | None = None, *, auth: bool = False) -> Iterator[Emulator]:
    """Start MiniStack on `port` (None: a free one), empty; end it and all its Lambdas on leaving.

    With `auth` it verifies signatures and evaluates IAM policies. Should this process be killed,
    the emulator ends too: it watches its standard input.
    """
    scratch = Path(tempfile.mkdtemp(prefix="calcutta-emulator-"))
    emulator = Emulator(port or free_port(), scratch / "emulator.log")
    with emulator.log_path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.launcher"],
            cwd=ROOT,
            env=_environment(emulator.port, scratch, auth=auth),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_healthy(emulator, process)
        yield emulator
    finally:
        # It keeps nothing that a gentler end would save, and the Lambdas are of its group.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        shutil.rmtree(scratch, ignore_errors=True)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def log_tail(path: Path, lines: int = 40) -> str:
    """Return the last lines of a log."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])


def _environment(port: int, scratch: Path, *, auth: bool) -> dict[str, str]:
    """Nothing of the caller's environment reaches the emulator's Lambdas but what Python needs."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "STATE_DIR": str(scratch / "state"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "AUTH": "true" if auth else "false",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "LOCAL_LAUNCHER_LEASH": str(scratch),
        "LOCAL_LAUNCHER_DECISIONS": str(scratch / "decisions.jsonl") if auth else "",
    }


def _await_healthy(emulator: Emulator, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise EmulatorFailed(
                f"the emulator ended with {process.returncode}", log_tail(emulator.log_path)
            )
        # The line in its own log: on a taken port, another emulator would answer the request.
        if "Running on" in emulator.log_path.read_text() and _is_healthy(emulator.port):
            return
        time.sleep(0.05)
    raise EmulatorFailed("the emulator did not become healthy", log_tail(emulator.log_path))


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
