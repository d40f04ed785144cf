"""Checks of people in home isolation, and the rules they are judged by."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KINDS = ("home_isolation", "home_monitoring", "self_monitoring")
FIRST_DAY = date(2020, 1, 25)  # of the order that put arrivals under observation for 14 days
SLOTS = (
    {"slot": "morning", "from": "06:00", "to": "12:00"},
    {"slot": "evening", "from": "15:00", "to": "21:00"},
)
SYMPTOMS = (
    "fever", "cough", "fatigue", "sore_throat", "blocked_nose", "smell_loss", "short_breath",
    "diarrhea", "red_eyes", "aches", "other",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, and put in the rule that everybody begins with."""
    _checks()
    op.bulk_insert(_rules(), [_first_rule(kind) for kind in KINDS])
    for column in (
        sa.Column("count_from_kind", sa.String(length=20), server_default="", nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_no", sa.String(length=30), nullable=True),
        sa.Column("handed_from", sa.String(length=20), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
    ):
        op.add_column("isolation_case", column)
    op.add_column("returnee", sa.Column("left_origin_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the tables away; the ledger still has the checks."""
    op.drop_column("returnee", "left_origin_on")
    for name in ("handed_on", "handed_from", "release_no", "released_on", "count_from_kind"):
        op.drop_column("isolation_case", name)
    op.drop_table("isolation_rule")
    op.drop_table("health_check")


def _checks() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "health_check",
        sa.Column("number", number, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=10), nullable=False),
        sa.Column("temp_status", sa.String(length=20), nullable=False),
        sa.Column("temp_tenths", sa.Integer(), nullable=True),
        sa.Column("temp2_tenths", sa.Integer(), nullable=True),
        sa.Column("symptoms", sa.String(length=200), nullable=True),
        sa.Column("at_home", sa.Boolean(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("occurred_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_health_check")),
    )
    op.create_index("ix_health_check_case_id", "health_check", ["case_id"])
    op.create_index("ix_health_check_day", "health_check", ["day"])


def _rules() -> sa.Table:
    return op.create_table(
        "isolation_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("missed_after_min", sa.Integer(), nullable=False),
        sa.Column("head_after_min", sa.Integer(), nullable=False),
        sa.Column("alert_tenths", sa.Integer(), nullable=False),
        sa.Column("high_tenths", sa.Integer(), nullable=False),
        sa.Column("low_tenths", sa.Integer(), nullable=False),
        sa.Column("recheck_min", sa.Integer(), nullable=False),
        sa.Column("symptoms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isolation_rule")),
        sa.UniqueConstraint("kind", "valid_from", name=op.f("uq_isolation_rule_kind_valid_from")),
    )


def _first_rule(kind: str) -> dict[str, object]:
    return {
        "kind": kind,
        "valid_from": FIRST_DAY,
        "valid_to": None,
        "days": 14,
        "slots": json.dumps(SLOTS),
        "missed_after_min": 60,
        "head_after_min": 120,
        "alert_tenths": 373,
        "high_tenths": 385,
        "low_tenths": 355,
        "recheck_min": 5,
        "symptoms": json.dumps(SYMPTOMS),
    }
