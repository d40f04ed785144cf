"""The first tables."""

from __future__ import annotations

from alembic import op

from fieldapp.extensions import Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drop every table."""
    Base.metadata.drop_all(op.get_bind())
