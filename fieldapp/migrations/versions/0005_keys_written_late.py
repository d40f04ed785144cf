"""Ids of changes and records in tables of their own, which are written many at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take both random keys out of the tables, and let a record be kept under its number."""
    with op.batch_alter_table("ledger") as ledger:
        ledger.add_column(sa.Column("indexed", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("ledger") as ledger:
        ledger.alter_column("indexed", server_default=None)
    _make_keys()
    with op.batch_alter_table("change") as change:
        change.drop_constraint("uq_change_id", type_="unique")
    _make_records()
    op.execute("INSERT INTO change_key (id, seq) SELECT id, seq FROM change ORDER BY id")
    op.execute(
        "INSERT INTO record_key (id, kind, number) SELECT id, kind, number FROM record ORDER BY id"
    )
    op.execute("UPDATE ledger SET indexed = head")


def _make_keys() -> None:
    op.create_table(
        "change_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", "kind", name=op.f("pk_record_key")),
        sqlite_with_rowid=False,
    )


def _make_records() -> None:
    columns = (
        "number, id, kind, version, place, fields, writer, author, made_ms, received_ms,"
        " disputed, marks"
    )
    op.create_table(
        "record_by_number",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("writer", sa.String(length=24), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("disputed", sa.Text(), nullable=True),
        sa.Column("marks", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_record_by_number"),
    )
    op.execute(
        f"INSERT INTO record_by_number ({columns}) SELECT {columns} FROM record ORDER BY number"  # noqa: S608 - names of ours
    )
    op.drop_index("ix_record_place_version", table_name="record")
    op.drop_table("record")
    op.rename_table("record_by_number", "record")
    op.create_index("ix_record_place_version", "record", ["place", "version"])
