"""Runs the migrations on the connection that `migrate` hands over, in its transaction."""

from alembic import context

from pensebete.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table: it is copied
)
context.run_migrations()
