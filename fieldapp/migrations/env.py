"""Runs migrations on the connection that `fieldapp.schema`, a test or tools/migration.py gives."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from fieldapp.extensions import Base, Moment


def plainly(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """A migration records the past: it names SQL's types, and none of ours, which may change."""
    is_moment = kind == "type" and isinstance(item, Moment)
    return "sa.DateTime(timezone=True)" if is_moment else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
