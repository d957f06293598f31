"""Bringing the schema to the newest revision."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from shared.bridge import Migrated

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(engine: Engine) -> Migrated:
    """Run the revisions that the database lacks, in one transaction where it can do that."""
    with engine.begin() as connection:
        command.upgrade(config_for(connection), "head")
        revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise RuntimeError("no revision was applied")
    return Migrated(revision=revision)


def config_for(connection: Connection) -> Config:
    """Alembic's configuration, on an open connection instead of an address in a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
