"""Runs the migrations on the connection that `upgrade` hands over.

In its transaction where it is in one (SQLite); else each revision in a transaction of its own, so that no lock outlives
the revision that takes it.
"""

from alembic import context

from pensebete.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table: it is copied
    transaction_per_migration=True,
)
context.run_migrations()
