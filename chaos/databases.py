"""Databases of the chaos's own, and the bridge's real handlers on them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import Engine, make_url

from chaos.fault import say
from rds_bridge_service import wiring
from rds_bridge_service.adapters.database import open_database
from rds_bridge_service.adapters.migrating import migrate
from rds_bridge_service.handlers import apply
from tests.databases.server import ServerFailed, ServerMissing
from tests.databases.servers import RUNNING


class Refused(RuntimeError):
    """`apply` reported messages that have to come again."""


@contextmanager
def databases(*, durable: bool = False) -> Iterator[Mapping[str, str]]:
    """The addresses of empty, migrated databases by name: SQLite, and what else is installed.

    Args:
        durable: a server's commits wait for the disk, as its default is; SQLite's always do.
    """
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="calcutta-chaos-"))
        urls = {"SQLite": f"sqlite:///{scratch}/calcutta.db"}
        for name, running in RUNNING.items():
            try:
                urls[name] = stack.enter_context(running(durable=durable)).url
            except (ServerMissing, ServerFailed) as missing:
                say(f"without {name}: {missing}")
        for url in urls.values():
            with engine_of(url) as engine:
                migrate(engine)
        yield urls


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """As the bridge opens it."""
    engine = open_database(make_url(url))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def bridge_on(url: str) -> Iterator[None]:
    """The bridge's handlers work on this database."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = url
    wiring.container.cache_clear()
    try:
        yield
    finally:
        wiring.container().engine.dispose()
        wiring.container.cache_clear()
        if before is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = before


def deliver(records: list[dict[str, Any]]) -> None:
    """Hand a batch to the real `apply`.

    Raises:
        Refused: some of it has to come again.
    """
    reply = apply.handler({"Records": records}, None)
    if reply["batchItemFailures"]:
        raise Refused(str(reply["batchItemFailures"]))
