"""Alembic's entry: runs on the connection that `adapters.migrating` hands over."""

from alembic import context

from rds_bridge_service.adapters.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
