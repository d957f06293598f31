"""One connection to the database, whichever it is, with the care each of them needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from rds_bridge_service.adapters.credentials import Logins
from rds_bridge_service.adapters.faults import forget_text
from rds_bridge_service.adapters.patience import patiently
from rds_bridge_service.adapters.servers import mysql, postgresql, sql_server, sqlite

STATEMENT_SECONDS = 8
"""A statement that takes longer is on a connection that is dead, or waits for a lock."""

AUTHORITIES = Path(__file__).parent / "servers" / "authorities.pem"
"""Those of Amazon RDS, by region, and those of RDS Proxy."""

_LOOPBACK = (None, "", "127.0.0.1", "::1", "localhost")
_SERVERS: dict[str, Any] = {
    "mssql": sql_server,
    "mysql": mysql,
    "postgresql": postgresql,
    "sqlite": sqlite,
}
T = TypeVar("T")


def open_database(
    url: URL,
    statement_seconds: int = STATEMENT_SECONDS,
    *,
    logins: Logins | None = None,
    authorities: Path | None = None,
) -> Engine:
    """An engine with one connection that is checked before use.

    Every server but one on this machine is spoken to over TLS, and has to show a certificate for
    its name. Errors show neither the values of their statement nor what the server says of them:
    they are user text, and end up in logs.

    Args:
        logins: where user and password come from, if not from the address.
        authorities: a file of those whose certificates are taken, instead of Amazon's; with it a
            server on this machine has to show one too.
    """
    family = url.get_backend_name()
    server = _SERVERS[family]
    if authorities is None and url.host not in _LOOPBACK:
        authorities = AUTHORITIES
    engine = create_engine(
        url,
        connect_args=server.arguments(url.host, statement_seconds, authorities),
        hide_parameters=True,
        max_overflow=0,
        pool_pre_ping=True,
        pool_size=1,
        **server.OPTIONS,
    )
    event.listen(engine, "handle_error", forget_text)
    if family == "sqlite":
        sqlite.prepare(engine)
    if logins is not None:
        event.listen(engine, "do_connect", logins.connect)
    return engine


def reading(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work`, which only reads, in a transaction; again if the connection was lost meanwhile.

    A failover in the middle of a result is the rule, not the exception: the whole is read anew.
    """

    def attempt() -> T:
        with engine.connect().execution_options(only_reads=True) as connection, connection.begin():
            return work(connection)

    return patiently(attempt, on_lost=engine.dispose)


def writing(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in a transaction, again if another writer or a lost connection broke it.

    A race for the same key, a deadlock, a lock timeout and a failover all mend themselves when
    the transaction is repeated. What does not is raised, as is what lasts too long (`patience`).
    A connection that is lost in the commit leaves open whether it happened: `work` has to look.
    """

    def attempt() -> T:
        with engine.begin() as connection:
            return work(connection)

    return patiently(attempt, on_lost=engine.dispose)
