"""Run a command beside real databases: ``python -m tests.databases make test``.

PostgreSQL, MariaDB, PgBouncer and Chromium are installed if they are missing and this is a Debian's
root. The servers are started on loopback, and named in `CALCUTTA_TEST_DATABASE_URLS` after those
that are there already; they end with the command, whose exit code is this one's. Without Chromium
the command is not run: its tests would be skipped, and nobody would know.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack

from tests.browser.chromium import chromium_program
from tests.databases.packages import install_missing, pgbouncer_program, say
from tests.databases.server import ServerFailed, ServerMissing
from tests.databases.servers import RUNNING

URLS = "CALCUTTA_TEST_DATABASE_URLS"


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    install_missing({"chromium": chromium_program, "pgbouncer": pgbouncer_program})
    if chromium_program() is None:
        say("Chromium is missing: install it, or say where it is in CHROMIUM")
        return 1
    urls = [os.environ[URLS]] if os.environ.get(URLS) else []
    with ExitStack() as servers:
        for name, running in RUNNING.items():
            started = time.monotonic()
            try:
                server = servers.enter_context(running())
            except (ServerMissing, ServerFailed) as error:
                say(f"{name}: {error}; going on without")
                continue
            say(f"{name} on port {server.port}, up in {time.monotonic() - started:.1f} s")
            urls.append(server.url)
        child = subprocess.Popen(command, env=os.environ | {URLS: ",".join(urls)})
        try:
            return child.wait()
        finally:
            child.terminate()
            child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
