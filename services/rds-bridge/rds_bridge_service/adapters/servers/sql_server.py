"""SQL Server, by pymssql, which is DB-Library of FreeTDS.

The dialect below takes the place of SQLAlchemy's own for `mssql+pymssql`, for three reasons:

*   pymssql begins a transaction when it connects and the next one when one ends. A connection that
    waits in a warm container would always be in one, and RDS Proxy lends a connection of the
    database for as long as a transaction is open. Here it begins when there is something to do.
*   pymssql's own commit turns an error into a sentence without its number.
*   SQLAlchemy finds a loss by numbers anywhere in the text, where pymssql leaves those of other
    connections; and a server that goes down, or is no longer the primary, says so by others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.mssql.base import MSDialect
from sqlalchemy.dialects.mssql.pymssql import MSDialect_pymssql

from rds_bridge_service.adapters.faults import Fault, fault_of_driver
from rds_bridge_service.adapters.patience import CONNECT_SECONDS
from rds_bridge_service.adapters.servers.freetds import trust

# SQLAlchemy's rewriting of inserts for SQL Server depends on an order the server does not keep.
OPTIONS: dict[str, Any] = {"use_insertmanyvalues": False}

SESSION = (
    "SET ARITHABORT ON; SET CONCAT_NULL_YIELDS_NULL ON; SET ANSI_NULLS ON; SET ANSI_PADDING ON; "
    "SET ANSI_WARNINGS ON; SET QUOTED_IDENTIFIER ON; SET TEXTSIZE 2147483647;"
)
"""What pymssql sets, less what pins a connection of RDS Proxy: it does not track ANSI_NULL_DFLT."""

UNKNOWN_VERSION = (16, 0)
"""For a server that speaks T-SQL and is not Microsoft's; SQLAlchemy fails without any."""


def arguments(host: str, statement_seconds: int, authorities: Path | None) -> dict[str, Any]:
    """Seconds. `encryption` alone would take any certificate: what to trust is in a file."""
    trust(host, authorities)
    return {
        "login_timeout": CONNECT_SECONDS,
        "timeout": statement_seconds,
        "autocommit": True,
        "conn_properties": SESSION,
    } | ({"encryption": "require"} if authorities else {})


class Dialect(MSDialect_pymssql):
    """Transactions that begin and end by a statement; connections that are let go when lost."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        _say(dbapi_connection, "BEGIN TRANSACTION")

    def do_commit(self, dbapi_connection: Any) -> None:
        _say(dbapi_connection, "COMMIT TRANSACTION")

    def do_rollback(self, dbapi_connection: Any) -> None:
        # A deadlock, for one, has ended the transaction already; another ROLLBACK is an error.
        _say(dbapi_connection, "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION")

    def get_isolation_level_values(self, dbapi_connection: Any) -> Any:
        return MSDialect.get_isolation_level_values(self, dbapi_connection)

    def set_isolation_level(self, dbapi_connection: Any, level: Any) -> None:
        # SQLAlchemy's for pymssql would let pymssql begin transactions again.
        MSDialect.set_isolation_level(self, dbapi_connection, level)

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        return fault_of_driver(e) is Fault.LOST

    def _get_server_version_info(self, connection: Any) -> Any:
        known = super()._get_server_version_info(connection)  # type: ignore[no-untyped-call] # theirs
        return known or UNKNOWN_VERSION


def _say(dbapi_connection: Any, statement: str) -> None:
    cursor = dbapi_connection.cursor()
    cursor.execute(statement)
    cursor.close()


registry.register("mssql.pymssql", __name__, Dialect.__name__)
