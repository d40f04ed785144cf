"""Cases of home isolation as rows: a projection of the ledger.

Written only by `project`; to change a row, submit a change to the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp import clock, database
from fieldapp.extensions import Base, RecordId
from fieldapp.isolation.form import ISOLATION_CASE
from fieldapp.isolation.plan import planned_end, slots_due
from fieldapp.ledger import Kind, Settled

OPEN = ("isolating", "alert", "to_release")


class IsolationCase(Base):
    """One person's isolation, from day 0 (`count_from`) to 24:00 of `planned_end`.

    slots_due: how many checks are to be made, counted from the day it was registered.
    """

    __tablename__ = "isolation_case"

    id: Mapped[RecordId]
    version: Mapped[int] = mapped_column(sa.BigInteger)
    grid_id: Mapped[int]
    hh: Mapped[str] = mapped_column(sa.String(36))
    person: Mapped[str] = mapped_column(sa.String(36))
    returnee: Mapped[str | None] = mapped_column(sa.String(36))
    kind: Mapped[str] = mapped_column(sa.String(20))
    state: Mapped[str] = mapped_column(sa.String(20))
    count_from: Mapped[date | None]
    days: Mapped[int]
    planned_end: Mapped[date | None]
    slots_due: Mapped[int]
    registered_on: Mapped[date]
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    author: Mapped[int | None]
    voided: Mapped[bool]
    flagged: Mapped[bool]

    @classmethod
    def present(cls) -> sa.Select[Any]:
        """The cases that somebody has to look after now."""
        return sa.select(cls).where(cls.state.in_(OPEN), ~cls.voided)


def project(session: Session, settled: Sequence[Settled]) -> None:
    """Write each case over its row. Does not commit: the ledger owns the transaction."""
    database.upsert(session, IsolationCase.table(), [_case(one) for one in settled if not one.gone])
    gone = [one.id for one in settled if one.gone]
    if gone:
        session.execute(sa.delete(IsolationCase).where(IsolationCase.id.in_(gone)))


KINDS = (
    Kind("isolation_case", {1: ISOLATION_CASE}, project, (IsolationCase.table(),), keep_days=366),
)


def _case(one: Settled) -> dict[str, Any]:
    read = one.fields.get
    counted = read("count_from")
    count_from = date.fromisoformat(str(counted)) if counted else None
    days = read("days")
    days = days if isinstance(days, int) else 0
    registered = clock.local_day(datetime.fromtimestamp(one.made_ms / 1000, UTC))
    return {
        "id": one.id,
        "version": one.version,
        "grid_id": one.place,
        "hh": read("hh") or "",
        "person": read("person") or "",
        "returnee": read("returnee"),
        "kind": read("kind") or "",
        "state": read("state") or "isolating",
        "count_from": count_from,
        "days": days,
        "planned_end": planned_end(count_from, days) if count_from else None,
        "slots_due": slots_due(count_from, days, registered) if count_from else 0,
        "registered_on": registered,
        "received_ms": one.received_ms,
        "author": one.author,
        "voided": bool(read("voided")),
        "flagged": one.flagged,
    }
