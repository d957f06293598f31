"""PgBouncer on loopback, before a PostgreSQL: it stands in for RDS Proxy."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from chaos.fault import CannotRun
from tests.databases.packages import pgbouncer_program
from tests.databases.server import Server, free_port

# a server that is not there is tried again at once; the clients wait meanwhile
SETTINGS = """\
[databases]
* = host=127.0.0.1 port={server_port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/users
pool_mode = transaction
max_client_conn = 100
default_pool_size = 10
server_login_retry = 0.1
server_connect_timeout = 2
query_wait_timeout = 20
"""


@contextmanager
def running_pgbouncer(server: Server) -> Iterator[str]:
    """A pooling proxy in front of `server`; yields the URL through it.

    Raises:
        CannotRun: it is not installed.
    """
    program = pgbouncer_program()
    if program is None:
        raise CannotRun("PgBouncer is not installed (Debian's package pgbouncer)")
    url, port = make_url(server.url), free_port()
    folder = Path(tempfile.mkdtemp(prefix="calcutta-pgbouncer-"))
    try:
        folder.chmod(0o755)  # it does not run as root
        users = folder / "users"
        users.write_text(f'"{url.username}" "{url.password}"\n')
        settings = folder / "settings.ini"
        settings.write_text(SETTINGS.format(server_port=server.port, port=port, folder=folder))
        address = url.set(port=port).render_as_string(hide_password=False)
        log = folder / "log"
        proxy = Server(address, port, [program, str(settings)], log, lambda: _accepts(port))
        proxy.start()
        try:
            yield address
        finally:
            proxy.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _accepts(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
