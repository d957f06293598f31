"""The errors that the drivers raise, as SQLAlchemy hands them on."""

from __future__ import annotations

import sqlite3

import psycopg
import pymssql
import pymysql
from sqlalchemy.exc import DBAPIError


def wrapped(error: Exception, *, lost: bool = False) -> DBAPIError:
    return DBAPIError("UPDATE", None, error, connection_invalidated=lost)


def of_sql_server(number: int) -> Exception:
    error: Exception = pymssql.OperationalError(number, b"DB-Lib error message")
    return error


def of_mysql(number: int) -> Exception:
    error: Exception = pymysql.err.OperationalError(number, "says why")
    return error


def of_postgresql(state: str) -> Exception:
    return psycopg.errors.lookup(state)("says why")


def of_sqlite(code: int) -> Exception:
    error = sqlite3.OperationalError("says why")
    error.sqlite_errorcode = code
    return error


DEADLOCKS = {
    "mssql": of_sql_server(1205),
    "mysql": of_mysql(1213),
    "postgresql": of_postgresql("40P01"),
    "sqlite": of_sqlite(5),
}
"""How each server says that another transaction was in the way."""
