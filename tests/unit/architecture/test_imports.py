"""No handler imports what it does not use: each heavy module costs its containers' start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.unit.architecture.sources import PACKAGES, ROOT, sources

HEAVY = {
    "alembic",
    "asyncio",
    "aws_xray_sdk",
    "boto3",
    "botocore",
    "cryptography",
    "httpx",
    "msgspec",
    "pydantic",
    "pymssql",
    "pynamodb",
    "s3transfer",
    "sqlalchemy",
    "websockets",
}
"""Modules that take tens of milliseconds of CPU, or hundreds, to import."""

MAY_LOAD = {
    "canary_service": {"asyncio", "botocore", "httpx", "msgspec", "websockets"},
    "lobby_service": {"botocore", "msgspec"},
    # SQLAlchemy loads asyncio
    "rds_bridge_service": {"asyncio", "botocore", "msgspec", "sqlalchemy"},
    "websocket_service": {"botocore", "msgspec", "pynamodb"},
}
MAY_LOAD_LESS = {
    "websocket_service.handlers.unknown_action": {"msgspec"},
    "rds_bridge_service.handlers.preview_import": {"botocore", "msgspec"},
}

HANDLERS = [
    f"{package}.handlers.{path.stem}"
    for package in PACKAGES
    for path in sources(PACKAGES[package] / "handlers")
    if path.stem != "__init__"
]


def loaded_by(module: str) -> set[str]:
    """The heavy modules that a new process has once it imported this one."""
    script = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split()) & HEAVY


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_no_heavy_module_that_it_does_not_use(handler: str) -> None:
    may = MAY_LOAD_LESS.get(handler, MAY_LOAD[handler.partition(".")[0]])
    assert loaded_by(handler) <= may


def test_a_heavy_module_is_seen() -> None:
    assert loaded_by("sqlalchemy") >= {"sqlalchemy"}
