"""What the servers themselves say when things go wrong, and what becomes of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, insert, make_url, select, update
from sqlalchemy.exc import DBAPIError

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.database import open_database, reading, writing
from rds_bridge_service.adapters.faults import Fault, fault_of
from tests.databases.server import free_port

PASSWORD = "never-told-2026"


Row = dict[str, Any]


def tournament(tournament_id: str) -> Row:
    return {"tournament_id": tournament_id, "name": "Tournament"}


def fault_in(engine: Engine, *rows: tuple[Table, Row]) -> Fault:
    """What the error means that inserting the rows raises."""

    def insert_all() -> None:
        with engine.begin() as connection:
            for table, row in rows:
                connection.execute(insert(table), row)

    with pytest.raises(DBAPIError) as raised:
        insert_all()
    return fault_of(raised.value)


def test_a_key_that_is_there_is_a_duplicate(engine: Engine) -> None:
    row = (tables.tournament, tournament("t"))
    assert fault_in(engine, row, row) is Fault.DUPLICATE


def test_a_unique_column_that_is_there_is_a_duplicate(engine: Engine) -> None:
    slot = {"tournament_id": "t", "region": "East", "seed": 1}
    found = fault_in(
        engine,
        (tables.tournament, tournament("t")),
        (tables.slot, slot | {"slot_id": "S1"}),
        (tables.slot, slot | {"slot_id": "S2"}),
    )
    assert found is Fault.DUPLICATE


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    slot = {"tournament_id": "nowhere", "slot_id": "S1", "region": "East", "seed": 1}
    assert fault_in(engine, (tables.slot, slot)) is Fault.REFUSED


def test_a_value_that_a_check_forbids_is_refused(engine: Engine) -> None:
    slot = {"tournament_id": "t", "slot_id": "S1", "region": "East", "seed": 0}
    found = fault_in(engine, (tables.tournament, tournament("t")), (tables.slot, slot))
    assert found is Fault.REFUSED


def test_two_transactions_that_wait_for_each_other_both_happen(
    engine: Engine, database_url: str
) -> None:
    """Each has one row and wants the other's; the server ends one, and it starts again."""
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time: nobody waits in a circle")
    with engine.begin() as connection:
        connection.execute(insert(tables.tournament), [tournament("a"), tournament("b")])
    both_have_one = threading.Barrier(2)
    attempts: list[str] = []

    def rename(first: str, second: str) -> None:
        own = open_database(make_url(database_url))

        def work(connection: Connection) -> None:
            attempts.append(first)
            _rename(connection, first, f"by {first}")
            if attempts.count(first) == 1:
                both_have_one.wait(10)
            _rename(connection, second, f"by {first}")

        writing(own, work)
        own.dispose()

    with ThreadPoolExecutor(2) as pool:
        for it in [pool.submit(rename, "a", "b"), pool.submit(rename, "b", "a")]:
            it.result()
    assert len(attempts) > 2
    of_all = select(tables.tournament.c.name)
    names = reading(engine, lambda connection: connection.scalars(of_all).all())
    assert len(set(names)) == 1


def _rename(connection: Connection, tournament_id: str, name: str) -> None:
    connection.execute(
        update(tables.tournament)
        .where(tables.tournament.c.tournament_id == tournament_id)
        .values(name=name)
    )


@pytest.mark.parametrize("driver", ["postgresql+psycopg", "mysql+pymysql", "mssql+pymssql"])
def test_a_server_that_is_not_there_is_a_loss_that_does_not_tell_the_password(driver: str) -> None:
    url = make_url(f"{driver}://bridge:{PASSWORD}@127.0.0.1:{free_port()}/calcutta")
    with pytest.raises(DBAPIError) as raised:
        open_database(url).connect()
    assert fault_of(raised.value) is Fault.LOST
    assert PASSWORD not in str(raised.value) + repr(raised.value) + repr(raised.value.orig)


def test_a_wrong_password_is_not_repeated_and_not_told(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("a file has no password")
    url = engine.url.set(password=PASSWORD)
    with pytest.raises(DBAPIError) as raised:
        open_database(url).connect()
    assert fault_of(raised.value) is Fault.UNKNOWN
    assert PASSWORD not in str(raised.value) + repr(raised.value) + repr(raised.value.orig)
