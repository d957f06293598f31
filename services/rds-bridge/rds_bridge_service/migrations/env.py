"""Alembic's entry: runs on the connection that `adapters.migrating` hands over."""

from alembic import context

from rds_bridge_service.adapters.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # other systems have tables in the same database
    include_name=lambda name, kind, _parents: kind != "table" or name in metadata.tables,
)
with context.begin_transaction():
    context.run_migrations()
