"""SQLite, a file on this machine."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from rds_bridge_service.adapters.patience import CONNECT_SECONDS

OPTIONS: dict[str, Any] = {}


def arguments(host: str, statement_seconds: int, authorities: Path | None) -> dict[str, Any]:
    """How long it waits for another connection that writes, in seconds."""
    return {"timeout": CONNECT_SECONDS}


def prepare(engine: Engine) -> None:
    """Let transactions begin when SQLAlchemy says so, and with the lock that they will need."""
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Without this the driver opens transactions itself, too late to take the write lock first.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Take the write lock at the start: a read lock cannot wait to become one."""
    reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
