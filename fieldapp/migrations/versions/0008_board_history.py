"""What brings an earlier state again, how a consent was given, why a badge was revoked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns; what was written before has none of it."""
    op.add_column("board_edit", sa.Column("back", sa.JSON(), nullable=True))
    op.add_column("board_consent", sa.Column("how", sa.String(length=20), nullable=True))
    op.add_column("badge", sa.Column("reason", sa.String(length=100), nullable=True))


def downgrade() -> None:
    """Forget it."""
    for table, column in (("badge", "reason"), ("board_consent", "how"), ("board_edit", "back")):
        op.drop_column(table, column)
