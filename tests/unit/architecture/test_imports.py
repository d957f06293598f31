"""No handler imports what it does not use: each heavy module costs its containers' start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

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
    # the others load botocore and PynamoDB with the adapters they use: see its wiring
    "websocket_service": {"msgspec"},
}
MAY_LOAD_LESS = {
    "rds_bridge_service.handlers.preview_import": {"botocore", "msgspec"},
    # the stream's records are read by the names in the models
    "websocket_service.handlers.relay_events": {"botocore", "msgspec", "pynamodb"},
}

HANDLERS = [
    f"{package}.handlers.{path.stem}"
    for package in PACKAGES
    for path in sources(PACKAGES[package] / "handlers")
    if path.stem != "__init__"
]


def loaded_by(
    module: str, then: str = "", environment: Mapping[str, str] | None = None
) -> set[str]:
    """The heavy modules that a new process has once it imported this one, and did what follows."""
    script = f"import sys, {module}\n{then}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | dict(environment or {}),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split()) & HEAVY


TELLING = ("broadcaster", "connections", "sockets", "seats", "_functions", "settings")
ROOM = ("room_desk", "seats", "sockets", "settings")
TICKET = ("roll", "auctions", "tickets", *ROOM)

USED_BY = {
    "admit": ("roll", *ROOM),
    "authorize_connect": ("tickets",),
    "close_room": ROOM,
    "connect": ("roll", "auctions", "connections", "seats", "settings"),
    "disconnect": ("connections", "seats"),
    "fan_out": TELLING,
    "hammer_due": ("desk", *TELLING),
    "issue_ticket": TICKET,
    "place_bid": ("auctions", "rules_book", "catalogue", *TELLING),
    "read_state": ("reader", "settings"),
    "renew_ticket": TICKET,
    "run_command": ("desk", *TELLING),
    "send_chat": ("chats", *TELLING),
}
"""What the live auction's handlers use of the container, once the auction is open."""

NOT_WAITED_FOR = {"follow_leagues", "open_auction", "relay_events"}
"""They write through PynamoDB; an auction is opened once, and that awaits the database anyway."""

WITHOUT_CONTAINER = {"unknown_action"}


def loaded_with(handler: str) -> set[str]:
    """The heavy modules that a handler has loaded once it has used all that it uses."""
    environment = {
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "SETTINGS_TABLE": "settings",
        "SETTINGS_HISTORY_TABLE": "history",
        "SEATS_TABLE": "seats",
        "SOCKETS_ENDPOINT": "https://127.0.0.1:1/prod",
        "TRACING": "on",
    }
    used = "".join(f"\nit = c.{name}; callable(it) and it()" for name in USED_BY[handler])
    return loaded_by(
        f"websocket_service.handlers.{handler} as h", f"c = h.container(){used}", environment
    )


@pytest.mark.parametrize("handler", USED_BY)
def test_a_function_that_is_waited_for_never_loads_botocore(handler: str) -> None:
    assert loaded_with(handler) == {"msgspec"}


def test_every_handler_of_the_live_auction_is_waited_for_or_listed() -> None:
    found = {it.stem for it in sources(PACKAGES["websocket_service"] / "handlers")}
    assert found - {"__init__"} == USED_BY.keys() | NOT_WAITED_FOR | WITHOUT_CONTAINER


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_handler_loads_no_heavy_module_that_it_does_not_use(handler: str) -> None:
    may = MAY_LOAD_LESS.get(handler, MAY_LOAD[handler.partition(".")[0]])
    assert loaded_by(handler) <= may


def test_a_heavy_module_is_seen() -> None:
    assert loaded_by("sqlalchemy") >= {"sqlalchemy"}
