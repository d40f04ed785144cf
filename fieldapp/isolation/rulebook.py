"""The dated rules of home isolation, as the town keeps them and as everybody reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.extensions import Base, db
from fieldapp.grids import scope
from fieldapp.isolation.checks import degrees
from fieldapp.isolation.rules import Rule


class IsolationRule(Base):
    """What holds for one kind of isolation from one day to another, both included.

    slots and symptoms are JSON; temperatures are in tenths of a degree.
    """

    __tablename__ = "isolation_rule"
    __table_args__ = (sa.UniqueConstraint("kind", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    days: Mapped[int]
    slots: Mapped[str] = mapped_column(sa.Text)
    missed_after_min: Mapped[int]
    head_after_min: Mapped[int]
    alert_tenths: Mapped[int]
    high_tenths: Mapped[int]
    low_tenths: Mapped[int]
    recheck_min: Mapped[int]
    symptoms: Mapped[str] = mapped_column(sa.Text)


def present_rules() -> Sequence[Rule]:
    """All rules as phones get them, by kind and first day.

    Every message of a phone asks, so they are kept in memory; whoever changes one says so as if a
    duty had changed (`scope.changed`).
    """
    token = scope.tree().token
    kept: tuple[str, Sequence[Rule]] | None = current_app.extensions.get("isolation.rules")
    if kept is None or kept[0] != token:
        query = sa.select(IsolationRule).order_by(IsolationRule.kind, IsolationRule.valid_from)
        kept = token, [_as_json(row) for row in db.session().scalars(query)]
        current_app.extensions["isolation.rules"] = kept
    return kept[1]


def _as_json(row: IsolationRule) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to and row.valid_to.isoformat(),
        "days": row.days,
        "slots": json.loads(row.slots),
        "missed_after_min": row.missed_after_min,
        "head_after_min": row.head_after_min,
        "alert": degrees(row.alert_tenths),
        "high": degrees(row.high_tenths),
        "low": degrees(row.low_tenths),
        "recheck_min": row.recheck_min,
        "symptoms": json.loads(row.symptoms),
    }
