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
from sqlalchemy import Engine, make_url, text

from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.adapters.migrating import migrate
from rds_bridge_service.adapters.tables import metadata
from tests.integration.rds_bridge.league import new_auction

OTHERS = re.findall(r"[^,\s]+", os.environ.get("CALCUTTA_TEST_DATABASE_URLS", ""))


@pytest.fixture(params=["sqlite", *OTHERS], ids=lambda it: it.split("+")[0].split(":")[0])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'calcutta.db'}"
        return
    url: str = request.param
    with alone_with(url):
        engine = open_database(make_url(url))
        with engine.begin() as connection:
            metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        engine.dispose()
        yield url


@contextmanager
def alone_with(url: str) -> Iterator[None]:
    """Tests in other processes wait for this one to be done with the database."""
    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"calcutta-database-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def empty_database(empty_database_url: str) -> Iterator[Engine]:
    engine = open_database(make_url(empty_database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def database_url(empty_database_url: str) -> str:
    """The address of a migrated database."""
    engine = open_database(make_url(empty_database_url))
    migrate(engine)
    engine.dispose()
    return empty_database_url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_database(make_url(database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def auction_id(engine: Engine) -> str:
    """The auction of an imported league: four slots in three lots, two members."""
    return new_auction(engine)
