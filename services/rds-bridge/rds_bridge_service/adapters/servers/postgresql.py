"""PostgreSQL and Aurora PostgreSQL, by psycopg."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rds_bridge_service.adapters.patience import CONNECT_SECONDS

OPTIONS: dict[str, Any] = {}


def arguments(host: str, statement_seconds: int, authorities: Path | None) -> dict[str, Any]:
    """No statement timeout: a pooling proxy refuses such options."""
    verified = {"sslmode": "verify-full", "sslrootcert": str(authorities)}
    return {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": statement_seconds * 1000,  # milliseconds
        # a proxy gives the next transaction another connection, without what was prepared
        "prepare_threshold": None,
    } | (verified if authorities else {})
