import sqlite3

import psycopg
import pymssql
import pymysql
import pytest

from rds_bridge_service.adapters.faults import Fault, fault_of, is_login_refused
from tests.unit.rds_bridge.driver_errors import (
    of_mysql,
    of_postgresql,
    of_sql_server,
    of_sqlite,
    wrapped,
)


@pytest.mark.parametrize(
    ("number", "fault"),
    [(1205, Fault.BUSY), (1222, Fault.BUSY),
     (2601, Fault.DUPLICATE), (2627, Fault.DUPLICATE),
     (547, Fault.REFUSED), (2628, Fault.REFUSED),
     (20003, Fault.LOST), (20006, Fault.LOST), (20009, Fault.LOST), (20047, Fault.LOST),
     (18456, Fault.UNKNOWN), (208, Fault.UNKNOWN), (50000, Fault.UNKNOWN)],
)  # fmt: skip
def test_sql_servers_numbers_are_known(number: int, fault: Fault) -> None:
    assert fault_of(wrapped(of_sql_server(number))) is fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [(1205, Fault.BUSY), (1213, Fault.BUSY), (1062, Fault.DUPLICATE), (1452, Fault.REFUSED),
     (4025, Fault.REFUSED), (1406, Fault.REFUSED), (2003, Fault.LOST), (2006, Fault.LOST),
     (2013, Fault.LOST), (1053, Fault.LOST), (1290, Fault.LOST), (1045, Fault.UNKNOWN),
     (1146, Fault.UNKNOWN)],
)  # fmt: skip
def test_mysqls_numbers_are_known(number: int, fault: Fault) -> None:
    assert fault_of(wrapped(of_mysql(number))) is fault


@pytest.mark.parametrize(
    ("state", "fault"),
    [("40001", Fault.BUSY), ("40P01", Fault.BUSY), ("55P03", Fault.BUSY),
     ("23505", Fault.DUPLICATE), ("23503", Fault.REFUSED), ("23514", Fault.REFUSED),
     ("22001", Fault.REFUSED), ("57P01", Fault.LOST), ("57P03", Fault.LOST),
     ("08006", Fault.LOST), ("53300", Fault.LOST), ("25006", Fault.LOST),
     ("28P01", Fault.UNKNOWN), ("42P01", Fault.UNKNOWN)],
)  # fmt: skip
def test_postgresqls_states_are_known(state: str, fault: Fault) -> None:
    assert fault_of(wrapped(of_postgresql(state))) is fault


@pytest.mark.parametrize(
    ("code", "fault"),
    [(5, Fault.BUSY), (6, Fault.BUSY), (517, Fault.BUSY), (1555, Fault.DUPLICATE),
     (2067, Fault.DUPLICATE), (787, Fault.REFUSED), (275, Fault.REFUSED), (11, Fault.UNKNOWN)],
)  # fmt: skip
def test_sqlites_codes_are_known(code: int, fault: Fault) -> None:
    assert fault_of(wrapped(of_sqlite(code))) is fault


@pytest.mark.parametrize(
    "error",
    [
        pymssql.OperationalError((20009, b"Unable to connect")),
        pymssql.InterfaceError("Not connected to any MS SQL server"),
        pymysql.err.InterfaceError(0, ""),
        psycopg.OperationalError("server closed the connection unexpectedly"),
        psycopg.errors.ConnectionTimeout("connection timeout expired"),
    ],
    ids=lambda it: type(it).__module__.split(".")[0],
)
def test_a_connection_that_is_gone_is_lost_however_its_driver_says_so(error: Exception) -> None:
    assert fault_of(wrapped(error)) is Fault.LOST


def test_what_sqlalchemy_knows_to_be_a_disconnect_is_lost() -> None:
    closed = wrapped(pymssql.InterfaceError("Connection is closed."), lost=True)
    assert fault_of(closed) is Fault.LOST


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError(),
        wrapped(sqlite3.OperationalError("without a code")),
        wrapped(pymssql.OperationalError("not a number")),
        wrapped(pymssql.OperationalError()),
        wrapped(psycopg.OperationalError('password authentication failed for user "bridge"')),
        wrapped(psycopg.InternalError("without a state")),
        wrapped(RuntimeError("another driver's")),
    ],
)
def test_what_is_not_known_is_not_repeated(error: Exception) -> None:
    assert fault_of(error) is Fault.UNKNOWN


CLIENT = b"DB-Lib error message %d, severity 9:\nsays why\n"


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        (b"Login failed for user 'sa'." + CLIENT % 20018 + CLIENT % 20002, True),
        (CLIENT % 20018 + CLIENT % 20002, True),
        (CLIENT % 20047 + CLIENT % 20018 + CLIENT % 20002, True),
        (CLIENT % 20009 + CLIENT % 20009, False),
        (CLIENT % 20047 + CLIENT % 20009, False),
        (CLIENT % 20017 + CLIENT % 20002, False),
    ],
    ids=["first", "again", "after a loss", "away", "away after a loss", "ended"],
)
def test_a_refused_login_is_told_from_what_pymssql_calls_one_afterwards(
    texts: bytes, refused: bool
) -> None:
    """As it really is: `tests/integration/rds_bridge/servers/test_sql_server.py` has them so."""
    error = pymssql.OperationalError((18456, texts))
    assert is_login_refused(error) is refused
    assert (fault_of(wrapped(error)) is Fault.LOST) is not refused


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (of_mysql(1045), True),
        (of_mysql(1044), False),
        (psycopg.OperationalError('FATAL: password authentication failed for user "u"'), True),
        (of_postgresql("28P01"), True),
        (psycopg.OperationalError("connection refused"), False),
        (sqlite3.OperationalError("authentication failed"), False),
    ],
)
def test_a_refused_login_is_known_from_every_driver(error: Exception, refused: bool) -> None:
    assert is_login_refused(error) is refused
