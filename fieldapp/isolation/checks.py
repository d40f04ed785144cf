"""Checks of people in home isolation as rows: a projection of the ledger.

How serious a check was is not kept here: it follows from the rule of its day, which may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp import clock, database
from fieldapp.extensions import Base
from fieldapp.isolation.check_form import NO_SYMPTOMS
from fieldapp.isolation.rules import Fields
from fieldapp.ledger import Settled

# SQLite keeps rows in the order of an INTEGER key, and only of that one.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class HealthCheck(Base):
    """One check of one person. `case_id`: of which isolation; temperatures in tenths of a degree.

    Two phones may have recorded the same slot: both rows stay, and the slot counts once.
    """

    __tablename__ = "health_check"

    number: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(sa.String(36))
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int]
    case_id: Mapped[str] = mapped_column(sa.String(36), index=True)
    day: Mapped[date] = mapped_column(index=True)
    slot: Mapped[str] = mapped_column(sa.String(10))
    by: Mapped[str] = mapped_column(sa.String(10))
    temp_status: Mapped[str] = mapped_column(sa.String(20))
    temp_tenths: Mapped[int | None]
    temp2_tenths: Mapped[int | None]
    symptoms: Mapped[str | None] = mapped_column(sa.String(200))
    at_home: Mapped[bool | None]
    action: Mapped[str | None] = mapped_column(sa.String(20))
    outcome: Mapped[str | None] = mapped_column(sa.String(20))
    occurred_ms: Mapped[int] = mapped_column(sa.BigInteger)
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    author: Mapped[int | None]
    voided: Mapped[bool]
    flagged: Mapped[bool]

    @property
    def fields(self) -> Fields:
        """As `rules` reads it."""
        return {
            "date": self.day.isoformat(),
            "slot": self.slot,
            "temp_status": self.temp_status,
            "temp": degrees(self.temp_tenths),
            "temp2": degrees(self.temp2_tenths),
            "symptoms": self.symptoms.split() if self.symptoms else [],
            "action": self.action,
            "outcome": self.outcome,
            "voided": self.voided,
        }


def degrees(tenths: int | None) -> str | None:
    """365 as "36.5"."""
    return None if tenths is None else f"{tenths // 10}.{tenths % 10}"


def project_checks(session: Session, settled: Sequence[Settled]) -> None:
    """Write each check over its row. Does not commit: the ledger owns the transaction."""
    rows = [_check(one) for one in settled if not one.gone]
    database.upsert(session, HealthCheck.table(), rows)
    if gone := [one.number for one in settled if one.gone]:
        session.execute(sa.delete(HealthCheck).where(HealthCheck.number.in_(gone)))


def may_be_alert(lowest_alert: int) -> sa.ColumnElement[bool]:
    """Rows that can be an open alert, whatever the rule of their day; the others cannot."""
    return (
        ~HealthCheck.voided
        & (HealthCheck.action.is_(None) | HealthCheck.outcome.is_(None))
        & (
            (HealthCheck.temp_tenths >= lowest_alert)
            | (HealthCheck.temp2_tenths >= lowest_alert)
            | HealthCheck.symptoms.is_not(None)
        )
    )


def _check(one: Settled) -> dict[str, Any]:
    read = one.fields.get
    when = read("occurred_at")
    return {
        "number": one.number,
        "id": one.id,
        "version": one.version,
        "grid_id": one.place,
        "case_id": read("case") or "",
        "day": date.fromisoformat(str(read("date"))),
        "slot": read("slot") or "",
        "by": read("by") or "",
        "temp_status": read("temp_status") or "",
        "temp_tenths": _tenths(read("temp")),
        "temp2_tenths": _tenths(read("temp2")),
        "symptoms": _symptoms(read("symptoms")),
        "at_home": read("at_home"),
        "action": read("action"),
        "outcome": read("outcome"),
        "occurred_ms": _ms(when) if when else one.made_ms,
        "received_ms": one.received_ms,
        "author": one.author,
        "voided": bool(read("voided")),
        "flagged": one.flagged,
    }


def _symptoms(said: Any) -> str | None:
    """Which symptoms, as words in a row; nothing for nobody unwell."""
    return " ".join(code for code in said or () if code != NO_SYMPTOMS) or None


def _tenths(said: object) -> int | None:
    return int(str(said).replace(".", "")) if said else None


def _ms(iso: object) -> int:
    moment = datetime.fromisoformat(str(iso))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.LOCAL)
    return int(moment.timestamp() * 1000)
