from typing import Any

from alembic import command
from sqlalchemy import Engine, inspect, text

from rds_bridge_service.adapters.migrating import config_for, migrate
from rds_bridge_service.adapters.tables import metadata

CHECKS_OF_SQL_SERVER = (
    "SELECT CONSTRAINT_NAME, CHECK_CLAUSE FROM INFORMATION_SCHEMA.CHECK_CONSTRAINTS"
)


def described(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys and constraints, as the database tells them."""
    inspector = inspect(engine)

    def of(table: str) -> dict[str, Any]:
        return {
            "columns": [
                (it["name"], str(it["type"]), it["nullable"]) for it in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table),
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_indexes(table))),
        }

    return {name: of(name) for name in metadata.tables} | {"constraints": constraints(engine)}


def constraints(engine: Engine) -> list[str]:
    """Unique keys and checks, which SQLAlchemy cannot ask SQL Server for."""
    inspector = inspect(engine)
    if engine.dialect.name == "mssql":
        with engine.connect() as connection:
            return sorted(map(str, connection.execute(text(CHECKS_OF_SQL_SERVER))))
    return sorted(
        str(it)
        for table in metadata.tables
        for it in (
            *inspector.get_unique_constraints(table),
            *inspector.get_check_constraints(table),
        )
    )


def test_the_migrations_make_what_the_tables_say(empty_database: Engine) -> None:
    migrate(empty_database)
    migrated = described(empty_database)
    metadata.drop_all(empty_database)
    metadata.create_all(empty_database)
    assert migrated == described(empty_database)


def test_alembic_finds_nothing_to_add(empty_database: Engine) -> None:
    migrate(empty_database)
    with empty_database.connect() as connection:
        command.check(config_for(connection))


def test_the_revision_that_was_reached_is_told(empty_database: Engine) -> None:
    assert migrate(empty_database).revision == "0005"


def test_migrating_again_changes_nothing(engine: Engine, auction_id: str) -> None:
    before = described(engine)
    assert migrate(engine).revision == "0005"
    assert described(engine) == before
