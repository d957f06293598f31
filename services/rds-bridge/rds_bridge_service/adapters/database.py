"""One connection to the database, whichever it is, with the care each of them needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

ATTEMPTS = 4
CONNECT_SECONDS = 5
"""Connecting and each of the attempts have to fit into a function's timeout."""

_LOOPBACK = (None, "", "127.0.0.1", "::1", "localhost")
_TLS: dict[str, dict[str, Any]] = {
    "mssql": {"encryption": "require"},
    "postgresql": {"sslmode": "require"},
    "mysql": {"ssl": {"verify_mode": "none"}},
}
_TIMEOUT: dict[str, dict[str, Any]] = {
    "mssql": {"login_timeout": CONNECT_SECONDS, "timeout": CONNECT_SECONDS},
    "postgresql": {"connect_timeout": CONNECT_SECONDS},
    "mysql": {"connect_timeout": CONNECT_SECONDS},
    "sqlite": {"timeout": CONNECT_SECONDS},
}

T = TypeVar("T")


def open_database(url: URL) -> Engine:
    """An engine with one connection that is checked before use, over TLS unless it is local.

    Errors do not show the values of their statement: they are user text, and end up in logs.
    """
    family = url.get_backend_name()
    arguments = dict(_TIMEOUT.get(family, {}))
    if url.host not in _LOOPBACK:
        arguments |= _TLS.get(family, {})
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
    """A transaction that only reads."""
    with engine.connect().execution_options(only_reads=True) as connection, connection.begin():
        yield connection


def writing(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in a transaction, again if another writer or a lost connection broke it.

    A race for the same key, a deadlock, a lock timeout and a failover all mend themselves when
    the transaction is repeated. What does not is raised after the last attempt.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            with engine.begin() as connection:
                return work(connection)
        except (IntegrityError, InterfaceError, OperationalError):
            continue
    with engine.begin() as connection:
        return work(connection)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Without this the driver opens transactions itself, too late to take the write lock first.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start: a read lock cannot wait to become one."""
    reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
