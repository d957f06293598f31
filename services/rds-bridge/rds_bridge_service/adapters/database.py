"""One connection to the database, whichever it is, with the care each of them needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event

from rds_bridge_service.adapters.patience import patiently

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 8
"""A statement that takes longer is on a connection that is dead, or waits for a lock."""

_LOOPBACK = (None, "", "127.0.0.1", "::1", "localhost")
_TLS: dict[str, dict[str, Any]] = {
    "mssql": {"encryption": "require"},
    "postgresql": {"sslmode": "require"},
    "mysql": {"ssl": {"verify_mode": "none"}},
}
T = TypeVar("T")


def open_database(url: URL, statement_seconds: int = STATEMENT_SECONDS) -> Engine:
    """An engine with one connection that is checked before use, over TLS unless it is local.

    Errors do not show the values of their statement: they are user text, and end up in logs.
    """
    family = url.get_backend_name()
    arguments = _timeouts(statement_seconds).get(family, {})
    if url.host not in _LOOPBACK:
        arguments = arguments | _TLS.get(family, {})
    # SQLAlchemy's rewriting of inserts for SQL Server depends on an order the server does not keep.
    options = {"use_insertmanyvalues": False} if family == "mssql" else {}
    engine = create_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,
        max_overflow=0,
        pool_pre_ping=True,
        pool_size=1,
        **options,
    )
    if family == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads; a connection that does not come at once is waited for."""
    with (
        patiently(engine.connect, on_lost=engine.dispose) as connection,
        connection.execution_options(only_reads=True).begin(),
    ):
        yield connection


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


def _timeouts(statement_seconds: int) -> dict[str, dict[str, Any]]:
    """How each driver is told to give up on a server that does not answer."""
    return {
        "mssql": {"login_timeout": CONNECT_SECONDS, "timeout": statement_seconds},
        # no statement timeout: a pooling proxy refuses such options; milliseconds
        "postgresql": {
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": statement_seconds * 1000,
            # a proxy gives the next transaction another connection, without what was prepared
            "prepare_threshold": None,
        },
        "mysql": {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": statement_seconds,
            "write_timeout": statement_seconds,
        },
        "sqlite": {"timeout": CONNECT_SECONDS},
    }


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Without this the driver opens transactions itself, too late to take the write lock first.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a read lock cannot wait to become one."""
    reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
