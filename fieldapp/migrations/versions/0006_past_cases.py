"""How many cases of isolation were deleted on time: a number for each grid, and nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "past_cases",
        sa.Column("grid_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("grid_id", "state", name=op.f("pk_past_cases")),
    )


def downgrade() -> None:
    """Forget the numbers."""
    op.drop_table("past_cases")
