"""Alembic runs this for every upgrade; the connection and its transaction are schema.upgrade's."""

from alembic import context

from bodymap.records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite can roll DDL back; Alembic's default for it says otherwise.
    transactional_ddl=True,
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
