"""Notice boards: ids of boards and badges, what boards say, consents, photos and the history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _ids()
    _content()
    _people()
    _history()


def _ids() -> None:
    op.create_table(
        "board",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("retired_at", _MOMENT, nullable=True),
        sa.Column("leads_to", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_board_grid_id_grid")),
        sa.ForeignKeyConstraint(["leads_to"], ["board.id"], name=op.f("fk_board_leads_to_board")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
    )
    op.create_index(op.f("ix_board_grid_id"), "board", ["grid_id"])
    op.create_table(
        "badge",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_badge_member_id_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
    )
    op.create_index(op.f("ix_badge_member_id"), "badge", ["member_id"])


def _content() -> None:
    op.create_table(
        "board_text",
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_board_text_grid_id_grid")),
        sa.PrimaryKeyConstraint("grid_id", "part", name=op.f("pk_board_text")),
    )
    op.create_table(
        "board_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_board_line_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_line")),
    )
    op.create_index(op.f("ix_board_line_grid_id"), "board_line", ["grid_id"])
    op.create_table(
        "board_photo",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_board_photo")),
    )


def _people() -> None:
    op.create_table(
        "board_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["grid_id"], ["grid.id"], name=op.f("fk_board_contact_grid_id_grid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_contact")),
    )
    op.create_index(op.f("ix_board_contact_grid_id"), "board_contact", ["grid_id"])
    op.create_table(
        "board_member",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_board_member_member_id_member")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_board_member")),
    )
    op.create_table(
        "board_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.Column("recorded_by", sa.String(length=50), nullable=False),
        sa.Column("withdrawn_at", _MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.String(length=50), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_board_consent_member_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["board_contact.id"],
            name=op.f("fk_board_consent_contact_id_board_contact"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_consent")),
    )
    op.create_index(op.f("ix_board_consent_member_id"), "board_consent", ["member_id"])
    op.create_index(op.f("ix_board_consent_contact_id"), "board_consent", ["contact_id"])


def _history() -> None:
    op.create_table(
        "board_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(length=50), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_board_edit_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_edit")),
    )
    op.create_index(op.f("ix_board_edit_grid_id"), "board_edit", ["grid_id"])
    op.create_table(
        "board_edition",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_edition")),
    )


def downgrade() -> None:
    """Forget the boards."""
    for name in (
        "board_edition", "board_edit", "board_consent", "board_member", "board_contact",
        "board_photo", "board_line", "board_text", "badge", "board",
    ):  # fmt: skip
        op.drop_table(name)
