"""Cases of home isolation as rows: a projection of the ledger.

Written only by `project`; to change a row, submit a change to the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from fieldapp import clock, database
from fieldapp.extensions import Base, RecordId
from fieldapp.grids import scope
from fieldapp.isolation.check_form import HEALTH_CHECK
from fieldapp.isolation.checks import HealthCheck, project_checks
from fieldapp.isolation.form import ISOLATION_CASE, ISOLATION_CASE_1
from fieldapp.isolation.plan import planned_end, slots_due
from fieldapp.isolation.release import RELEASE
from fieldapp.isolation.rules import PRESENT
from fieldapp.ledger import Kind, Settled

# 累计 − 累计解除 − 移交 = 现有: every case that counts is in exactly one of these.
HERE = ("waiting", *PRESENT)
RELEASED = ("released",)
KEPT_DAYS = 30  # after release, with all checks
HANDED_ON = ("to_quarantine", "to_hospital", "moved_away")


class IsolationCase(Base):
    """One person's isolation, from day 0 (`count_from`) to 24:00 of `planned_end`.

    slots_due: how many checks are to be made, counted from the day it was registered.
    handed_on: when it came from another grid (`handed_from`, its code).
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
    count_from_kind: Mapped[str] = mapped_column(sa.String(20), server_default="")
    released_on: Mapped[date | None]
    release_no: Mapped[str | None] = mapped_column(sa.String(30))
    handed_from: Mapped[str | None] = mapped_column(sa.String(20))
    handed_on: Mapped[date | None]
    received_ms: Mapped[int] = mapped_column(sa.BigInteger)
    author: Mapped[int | None]
    voided: Mapped[bool]
    flagged: Mapped[bool]

    @classmethod
    def counted(cls) -> sa.ColumnElement[bool]:
        """Whether a row counts at all: it was not recorded by mistake."""
        return ~cls.voided & (cls.state != "mistaken")

    @classmethod
    def present(cls) -> sa.Select[Any]:
        """The cases that somebody has to look after now, arrivals to be confirmed among them."""
        return sa.select(cls).where(cls.state.in_(HERE), ~cls.voided)


class PastCases(Base):
    """How many cases were deleted on time, by grid and how they ended: a number, and nobody."""

    __tablename__ = "past_cases"

    grid_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    count: Mapped[int]


def project(session: Session, settled: Sequence[Settled]) -> None:
    """Write each case over its row. Does not commit: the ledger owns the transaction."""
    database.upsert(session, IsolationCase.table(), [_case(one) for one in settled if not one.gone])
    gone = [one.id for one in settled if one.gone]
    if gone:
        _count_as_past(session, gone)
        session.execute(sa.delete(IsolationCase).where(IsolationCase.id.in_(gone)))


def ended_checks(session: Session) -> Sequence[str]:
    """The checks of cases that go: they are what the case was kept for."""
    orphaned = IsolationCase.id.is_(None) & (HealthCheck.day < _kept_since())
    query = (
        sa.select(HealthCheck.id)
        .outerjoin(IsolationCase, IsolationCase.id == HealthCheck.case_id)
        .where(_is_done_with() | orphaned)
    )
    return session.scalars(query).all()


def ended_cases(session: Session) -> Sequence[str]:
    """The cases that nobody needs any more, and whose checks are gone."""
    checked = sa.exists().where(HealthCheck.case_id == IsolationCase.id)
    return session.scalars(sa.select(IsolationCase.id).where(_is_done_with(), ~checked)).all()


KINDS = (
    Kind(
        "health_check",
        {1: HEALTH_CHECK},
        project_checks,
        (HealthCheck.table(),),
        keep_days=366,
        ended=ended_checks,
    ),
    Kind(
        "isolation_case",
        {1: ISOLATION_CASE_1, 2: ISOLATION_CASE},
        project,
        (IsolationCase.table(),),
        keep_days=366,
        ended=ended_cases,
        review=RELEASE,
        hand_over=scope.may_hand_over,
    ),
)


def _case(one: Settled) -> dict[str, Any]:
    read = one.fields.get
    count_from = _day(read("count_from"))
    days = read("days")
    days = days if isinstance(days, int) else 0
    made_on = clock.local_day(datetime.fromtimestamp(one.made_ms / 1000, UTC))
    # A case that stood on paper first was known before it was typed in.
    registered = min(made_on, _day(read("registered_on")) or made_on)
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
        "count_from_kind": read("count_from_kind") or "",
        "released_on": _day(read("released_on")),
        "release_no": read("release_no"),
        "handed_from": read("handed_from"),
        "handed_on": _day(read("handed_on")),
        "received_ms": one.received_ms,
        "author": one.author,
        "voided": bool(read("voided")),
        "flagged": one.flagged,
    }


def _count_as_past(session: Session, ids: Sequence[str]) -> None:
    query = (
        sa.select(IsolationCase.grid_id, IsolationCase.state, sa.func.count())
        .where(IsolationCase.id.in_(ids), IsolationCase.counted())
        .group_by(IsolationCase.grid_id, IsolationCase.state)
    )
    for grid, state, count in session.execute(query).all():
        known = session.get(PastCases, (grid, state))
        if known is None:
            session.add(PastCases(grid_id=grid, state=state, count=count))
        else:
            known.count += count
    session.flush()


def _is_done_with() -> sa.ColumnElement[bool]:
    """Released so long ago; or taken elsewhere or a mistake, and over as long by its own plan."""
    limit = _kept_since()
    by_plan = IsolationCase.state.in_((*HANDED_ON, "mistaken")) | IsolationCase.voided
    return (IsolationCase.state.in_(RELEASED) & (IsolationCase.released_on < limit)) | (
        by_plan & (IsolationCase.planned_end < limit)
    )


def _kept_since() -> date:
    return clock.today() - timedelta(days=KEPT_DAYS)


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None
