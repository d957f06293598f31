"""A migrated database: SQLite always, and every other that `CALCUTTA_TEST_DATABASE_URLS` names.

The URLs are separated by commas; all tables of ours in those databases are dropped.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, make_url, text

from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.adapters.migrating import migrate
from rds_bridge_service.adapters.tables import metadata
from tests.integration.rds_bridge.league import new_auction

OTHERS = re.findall(r"[^,\s]+", os.environ.get("CALCUTTA_TEST_DATABASE_URLS", ""))


@pytest.fixture(params=["sqlite", *OTHERS], ids=lambda it: it.split("+")[0].split(":")[0])
def some_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with whatever the test before has left in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'calcutta.db'}"
        return
    with alone_with(request.param):
        yield request.param


@pytest.fixture
def empty_database_url(some_database_url: str) -> str:
    """The address of a database without tables."""
    with connected(some_database_url) as engine:
        drop_tables(engine)
    return some_database_url


@pytest.fixture
def database_url(some_database_url: str) -> str:
    """The address of a migrated database without rows."""
    with connected(some_database_url) as engine:
        if not delete_rows(engine):
            drop_tables(engine)
            migrate(engine)
    return some_database_url


def drop_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def delete_rows(engine: Engine) -> bool:
    """Delete all rows if the schema is there: on a server, making it takes longer than a test."""
    with engine.begin() as connection:
        found = set(inspect(connection).get_table_names())
        if found != {*metadata.tables, "alembic_version"}:
            return False
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return True


@contextmanager
def connected(url: str) -> Iterator[Engine]:
    engine = open_database(make_url(url))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def alone_with(url: str) -> Iterator[None]:
    """Tests in other processes wait for this one to be done with the database."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"calcutta-database-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def empty_database(empty_database_url: str) -> Iterator[Engine]:
    with connected(empty_database_url) as engine:
        yield engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with connected(database_url) as engine:
        yield engine


@pytest.fixture
def auction_id(engine: Engine) -> str:
    """The auction of an imported league: four slots in three lots, two members."""
    return new_auction(engine)
