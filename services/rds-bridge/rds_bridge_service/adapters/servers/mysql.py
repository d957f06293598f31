"""MySQL, Aurora MySQL and MariaDB, by PyMySQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rds_bridge_service.adapters.patience import CONNECT_SECONDS

OPTIONS: dict[str, Any] = {}


def arguments(host: str, statement_seconds: int, authorities: Path | None) -> dict[str, Any]:
    """Seconds, all of them."""
    verified = {"ssl": {"ca": str(authorities), "check_hostname": True, "verify_mode": "required"}}
    return {
        "connect_timeout": CONNECT_SECONDS,
        "read_timeout": statement_seconds,
        "write_timeout": statement_seconds,
    } | (verified if authorities else {})
