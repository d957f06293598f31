import sqlite3
import traceback
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from rds_bridge_service.adapters import tables
from rds_bridge_service.adapters.database import open_database, reading, writing
from rds_bridge_service.adapters.faults import code_of
from tests.unit.rds_bridge.driver_errors import DEADLOCKS, wrapped

A_TOURNAMENT = insert(tables.tournament).values(tournament_id="t", name="Tournament")


def tournaments(engine: Engine) -> list[tuple[object, ...]]:
    rows = reading(engine, lambda it: it.execute(select(tables.tournament)).all())
    return [tuple(row) for row in rows]


def test_a_transaction_is_committed_once_it_is_done(engine: Engine) -> None:
    writing(engine, lambda connection: connection.execute(A_TOURNAMENT))
    assert tournaments(engine) == [("t", "Tournament")]


def test_a_transaction_that_fails_for_a_moment_is_repeated(engine: Engine) -> None:
    attempts: list[int] = []

    def work(connection: Connection) -> str:
        connection.execute(A_TOURNAMENT)
        attempts.append(len(attempts))
        if len(attempts) < 3:
            raise wrapped(DEADLOCKS[engine.dialect.name])
        return "done"

    assert writing(engine, work) == "done"
    assert len(attempts) == 3


def test_a_failure_that_stays_is_raised(engine: Engine) -> None:
    def work(connection: Connection) -> None:
        connection.execute(A_TOURNAMENT)
        connection.execute(A_TOURNAMENT)

    with pytest.raises(IntegrityError):
        writing(engine, work)
    assert tournaments(engine) == []


def test_an_unknown_error_is_raised_at_once(engine: Engine) -> None:
    attempts: list[None] = []

    def work(_: Connection) -> None:
        attempts.append(None)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writing(engine, work)
    assert len(attempts) == 1


SLOT = {"tournament_id": "t", "slot_id": "S001", "region": "Sensitive", "seed": 1}


@pytest.mark.parametrize(
    "rows",
    [
        [SLOT | {"tournament_id": "nowhere"}],
        [SLOT, SLOT | {"slot_id": "S002"}],
        [SLOT | {"region": None, "slot_id": "Sensitive"}],
        [SLOT | {"seed": 0}],
        [SLOT | {"region": "Sensitive" * 30}],
        [SLOT | {"seed": "Sensitive"}],
    ],
    ids=["reference", "duplicate", "null", "check", "too long", "no number"],
)
def test_an_error_shows_neither_what_was_written_nor_what_the_server_says_of_it(
    engine: Engine, rows: list[dict[str, object]]
) -> None:
    def work(connection: Connection) -> None:
        connection.execute(A_TOURNAMENT)
        for row in rows:
            connection.execute(insert(tables.slot), row)
        raise RuntimeError("SQLite keeps texts of any length")

    with pytest.raises((DBAPIError, RuntimeError)) as raised:
        writing(engine, work)
    told = "".join(traceback.format_exception(raised.value))
    assert "ensitive" not in told
    if isinstance(raised.value, DBAPIError):
        assert code_of(raised.value) in told


def test_what_a_row_refers_to_has_to_exist(engine: Engine) -> None:
    slot = insert(tables.slot).values(
        tournament_id="nowhere", slot_id="S001", region="East", seed=1
    )
    with pytest.raises(IntegrityError):
        writing(engine, lambda connection: connection.execute(slot))


@pytest.fixture
def sqlite(tmp_path: Path) -> Engine:
    return open_database(make_url(f"sqlite:///{tmp_path / 'a.db'}"))


def test_sqlite_lets_readers_read_while_one_writes(sqlite: Engine, tmp_path: Path) -> None:
    with sqlite.begin() as connection:
        connection.execute(text("CREATE TABLE t (x INTEGER)"))
    other = sqlite3.connect(tmp_path / "a.db", timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert reading(sqlite, lambda it: it.execute(text("SELECT * FROM t")).all()) == []
    other.close()
    sqlite.dispose()


def test_sqlite_takes_the_write_lock_before_it_reads(sqlite: Engine, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "a.db", timeout=0, isolation_level=None)
    with sqlite.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    sqlite.dispose()
