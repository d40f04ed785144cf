"""Runs migrations on the connection that `fieldapp.schema` (or a test) hands over."""

from __future__ import annotations

from alembic import context

from fieldapp.extensions import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
