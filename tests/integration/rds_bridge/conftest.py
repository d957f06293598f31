"""A migrated database: SQLite always, and every other that `CALCUTTA_TEST_DATABASE_URLS` names.

The URLs are separated by commas. All tables of ours in those databases are dropped, and no others:
the login needs to be able to make tables in the database that its URL names, and nothing else.
Tests in other processes on this machine take turns.
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
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, String, Table, inspect, select

from chaos.databases import engine_of
from rds_bridge_service.adapters.migrating import MIGRATIONS, migrate
from rds_bridge_service.adapters.tables import metadata
from tests.integration.rds_bridge.league import new_auction

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))
NEWEST = ScriptDirectory(str(MIGRATIONS)).get_current_head()
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
    with engine_of(some_database_url) as engine:
        drop_tables(engine)
    return some_database_url


@pytest.fixture
def database_url(some_database_url: str) -> str:
    """The address of a migrated database without rows."""
    with engine_of(some_database_url) as engine:
        if not delete_rows(engine):
            drop_tables(engine)
            migrate(engine)
    return some_database_url


def drop_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        metadata.drop_all(connection)
        VERSION.drop(connection, checkfirst=True)


def delete_rows(engine: Engine) -> bool:
    """Delete all rows if the schema is there: on a server, making it takes longer than a test."""
    with engine.begin() as connection:
        if not set(inspect(connection).get_table_names()) >= {*metadata.tables, VERSION.name}:
            return False
        # a database that lives longer than the tests may have the schema of a while ago
        if connection.scalars(select(VERSION.c.version_num)).all() != [NEWEST]:
            return False
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    return True


@contextmanager
def alone_with(url: str) -> Iterator[None]:
    """Tests in other processes wait for this one to be done with the database."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"calcutta-database-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def empty_database(empty_database_url: str) -> Iterator[Engine]:
    with engine_of(empty_database_url) as engine:
        yield engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with engine_of(database_url) as engine:
        yield engine


@pytest.fixture
def auction_id(engine: Engine) -> str:
    """The auction of an imported league: four slots in three lots, two members."""
    return new_auction(engine)
