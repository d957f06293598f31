"""A connection that the server ends in the middle of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymssql
import pytest
from sqlalchemy import Connection, Engine, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.database import open_database, reading
from rds_bridge_service.adapters.patience import within_its_time

OWN_ID = {
    "postgresql": "SELECT pg_backend_pid()",
    "mysql": "SELECT connection_id()",
    "mssql": "SELECT @@SPID",
}
KILL = {
    "postgresql": "SELECT pg_terminate_backend({id})",
    "mysql": "KILL CONNECTION {id}",
    "mssql": "KILL {id}",
}
ALL = select(tables.tournament.c.name)


@pytest.fixture
def kill(engine: Engine, database_url: str) -> Callable[[Connection], None]:
    """Ends somebody's connection, as another client or a failover would."""
    name = engine.dialect.name
    if name not in KILL:
        pytest.skip("a file does not hang up")
    with engine.begin() as connection:
        connection.execute(insert(tables.tournament).values(tournament_id="t", name="Tournament"))

    def kill_it(connection: Connection) -> None:
        doomed = connection.execute(text(OWN_ID[name])).scalar_one()
        killer = open_database(make_url(database_url))
        # SQL Server's KILL must not be in a transaction
        raw = killer.raw_connection()
        try:
            raw.cursor().execute(KILL[name].format(id=doomed))
        except pymssql.OperationalError:
            pytest.skip("this login may not end other sessions (ALTER ANY CONNECTION)")
        raw.close()
        killer.dispose()

    return kill_it


def test_reading_goes_on_when_its_connection_is_killed_meanwhile(
    engine: Engine, kill: Callable[[Connection], None]
) -> None:
    attempts: list[None] = []

    def work(connection: Connection) -> Any:
        connection.execute(ALL).all()
        attempts.append(None)
        if len(attempts) < 3:
            kill(connection)
        return connection.execute(ALL).scalars().all()

    assert reading(engine, work) == ["Tournament"]
    assert len(attempts) == 3


class Context:
    """Lambda's, when it is nearly over."""

    def get_remaining_time_in_millis(self) -> int:
        return 1_000


def test_it_does_not_when_the_invocation_is_nearly_over(
    engine: Engine, kill: Callable[[Connection], None]
) -> None:
    def work(connection: Connection) -> Any:
        kill(connection)
        return connection.execute(ALL).all()

    handler = within_its_time(lambda event, context: reading(engine, work))
    with pytest.raises(DBAPIError):
        handler({}, Context())
