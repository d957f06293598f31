"""What a database's error means for whoever asked: the one map of every driver's numbers.

    BUSY        another transaction was in the way (deadlock, lock timeout): the same again
    LOST        no connection, or one to a server that no longer takes writes: again, on a new one
    DUPLICATE   a row with this key is there: another writer was first; look again
    REFUSED     these values can never be stored: a reference, a check, a length
    UNKNOWN     anything else; never repeated, never taken for success

The figures are from the servers' own lists: SQL Server's sys.messages and DB-Library's sybdb.h,
PostgreSQL's appendix A, MySQL's and MariaDB's error references, SQLite's result codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError


class Fault(Enum):
    BUSY = "busy"
    LOST = "lost"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def _by_code(meanings: Mapping[Fault, tuple[int, ...]]) -> dict[int, Fault]:
    return {code: fault for fault, codes in meanings.items() for code in codes}


SQL_SERVER = _by_code(
    {
        # deadlock, lock timeout, snapshot conflict
        Fault.BUSY: (1205, 1222, 3960),
        # DB-Library: timed out, read and write failed, no server, unexpected end, dead;
        # going down or coming up, killed, not (yet) the primary, Azure's and RDS's failovers
        Fault.LOST: (20002, 20003, 20004, 20006, 20009, 20017, 20047, 233, 10053, 10054, 10060,
                     596, 976, 978, 983, 3906, 4060, 4221, 6005, 17142, 18401, 40197, 40501, 40613),
        # a unique index, a unique constraint
        Fault.DUPLICATE: (2601, 2627),
        # a reference or check, a null, too long, out of range
        Fault.REFUSED: (547, 515, 2628, 8152, 220, 8115),
    }
)  # fmt: skip

MYSQL = _by_code(
    {
        # lock wait, deadlock, changed since it was read, NOWAIT
        Fault.BUSY: (1205, 1213, 1020, 3572),
        # no server, too many connections, going down, network errors, killed; read-only after
        # a failover
        Fault.LOST: (0, 2002, 2003, 2006, 2013, 2055, 1040, 1053, 1158, 1159, 1160, 1161, 1184,
                     1290, 1792, 1836, 1927),
        Fault.DUPLICATE: (1062, 1586),
        # a reference, a check, a null, out of range, a bad character, too long
        Fault.REFUSED: (1216, 1217, 1451, 1452, 3819, 4025, 1048, 1264, 1366, 1406),
    }
)  # fmt: skip

POSTGRESQL: dict[str, Fault] = {
    "40001": Fault.BUSY,  # serialization failure
    "40P01": Fault.BUSY,  # deadlock
    "55P03": Fault.BUSY,  # lock not available
    "57014": Fault.BUSY,  # statement timeout
    "08": Fault.LOST,  # connection exceptions, all of them
    "57P01": Fault.LOST,  # going down
    "57P02": Fault.LOST,  # another process crashed
    "57P03": Fault.LOST,  # coming up
    "57P05": Fault.LOST,  # idle for too long
    "53300": Fault.LOST,  # too many connections
    "25006": Fault.LOST,  # read-only: failed over
    "23505": Fault.DUPLICATE,
    "23": Fault.REFUSED,  # the other constraints
    "22": Fault.REFUSED,  # data exceptions: too long, out of range, not storable
}
"""By state, or else by its class: the first two characters."""

SQLITE = _by_code(
    {
        Fault.BUSY: (5, 6),  # another connection writes
        Fault.DUPLICATE: (1555, 2067, 2579),  # a primary key, a unique key, a row id
        Fault.REFUSED: (19, 18, 20),  # the other constraints; too big; another type
    }
)
"""By extended result code, or else by its last byte, the primary one."""


LOGIN_REFUSED = {"pymssql": 18456, "pymysql": 1045}
"""The numbers of a wrong user or password; PostgreSQL's client library has none for it."""

_NO_NUMBER = -1
_BY_SERVER = b"20018"
_OF_CLIENT = re.compile(rb"DB-Lib error message (\d+)")


def fault_of(error: BaseException) -> Fault:
    """What an error that SQLAlchemy raised means."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return Fault.UNKNOWN
    fault = fault_of_driver(error.orig)
    if fault is Fault.UNKNOWN and error.connection_invalidated:
        return Fault.LOST
    return fault


def fault_of_driver(error: BaseException) -> Fault:
    """What an error that a driver raised means."""
    match _driver(error):
        case "pymssql":
            gone = str(error).startswith(("Not connected", "Connection is closed"))
            return Fault.LOST if gone else SQL_SERVER.get(_number(error), Fault.UNKNOWN)
        case "pymysql":
            return MYSQL.get(_number(error), Fault.UNKNOWN)
        case "psycopg":
            return _of_postgresql(error)
        case "sqlite3":
            code = getattr(error, "sqlite_errorcode", None) or 0
            return SQLITE.get(code, SQLITE.get(code & 0xFF, Fault.UNKNOWN))
        case _:
            return Fault.UNKNOWN


def is_login_refused(error: BaseException) -> bool:
    """Whether a driver could not connect because of user or password."""
    driver = _driver(error)
    if driver == "psycopg":
        return getattr(error, "sqlstate", None) == "28P01" or _is_authentication(error)
    return driver in LOGIN_REFUSED and _number(error) == LOGIN_REFUSED[driver]


def forget_text(context: ExceptionContext) -> None:
    """Leave of what a statement raised only class and code; a listener to `handle_error`.

    Servers quote the row that they refuse, and what is raised ends up in logs, also in the line
    that Lambda itself writes. Of a connection that was lost the text stays: it is the driver's own,
    and what tells the loss.
    """
    error = context.sqlalchemy_exception
    if context.connection is None or not isinstance(error, DBAPIError) or error.orig is None:
        return
    if fault_of(error) is Fault.LOST:
        return
    orig, number, code = error.orig, _number(error.orig), code_of(error)
    error.args = (f"({type(orig).__name__}) {code}",)
    orig.args = (code if number == _NO_NUMBER else number,)
    orig.__cause__ = orig.__context__ = None  # pymssql has raised it from another one with the text


def code_of(error: DBAPIError) -> str:
    """The server's own number or state; the text beside it may show what users wrote."""
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return str(state or (_number(error.orig) if error.orig else "?"))


def _driver(error: BaseException) -> str:
    return type(error).__module__.split(".")[0]


def _number(error: BaseException) -> int:
    """The number of (number, text), which are the arguments, or for pymssql's connect() the first.

    What pymssql says of a failure to connect can be the number of an earlier one: after a refused
    login it calls all of them 18456. Unless the server has said something, what the client library
    said last in the text is true.
    """
    nested = bool(error.args) and isinstance(error.args[0], tuple)
    number, text = (*(error.args[0] if nested else error.args), None, None)[:2]
    by_client = _OF_CLIENT.findall(text) if isinstance(text, bytes) else []
    if by_client and _BY_SERVER not in by_client:
        return int(by_client[-1])
    return number if isinstance(number, int) else _NO_NUMBER


def _of_postgresql(error: BaseException) -> Fault:
    state = getattr(error, "sqlstate", None)
    if state is not None:
        return POSTGRESQL.get(state, POSTGRESQL.get(state[:2], Fault.UNKNOWN))
    # The client library's own errors have no state; a wrong password is the server's, but has none
    # either, and repeating it could lock the account.
    of_connection = type(error).__name__ in ("OperationalError", "ConnectionTimeout")
    hopeless = _is_authentication(error) or "does not exist" in str(error)
    return Fault.LOST if of_connection and not hopeless else Fault.UNKNOWN


def _is_authentication(error: BaseException) -> bool:
    return "authentication failed" in str(error)
