"""Which of several files about one household or one person remains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what was said about a merge, and what follows from it."""
    for table in ("household", "person"):
        for name in ("merged_into", "survivor"):
            op.add_column(table, sa.Column(name, sa.String(length=36), nullable=True))


def downgrade() -> None:
    """Forget it; the ledger still knows."""
    for table in ("person", "household"):
        for name in ("survivor", "merged_into"):
            op.drop_column(table, name)
