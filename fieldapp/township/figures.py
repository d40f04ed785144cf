"""The figures at the top of the overview: a few numbers a clerk acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.accounts.models import Loss
from fieldapp.isolation.models import IsolationCase
from fieldapp.township.models import SeenLoss
from fieldapp.township.phones import Hearing
from fieldapp.visits.coverage import Coverage, total
from fieldapp.visits.models import Returnee, Visit


@dataclass(frozen=True, slots=True)
class Figures:
    """What the office asks first. Counts of people are of distinct people, not of registrations.

    unheard: basic grids of which nothing is known at present, of `grids`. lost: records that
    phones said had vanished, and of which nobody has taken note yet.
    """

    visits_today: int
    covered: Coverage
    unheard: int
    grids: int
    held: int
    flagged: int
    lost: int
    returnees: int
    from_wuhan: int
    isolated: int


def read(
    session: Session, covered: Mapping[int, Coverage], hearings: Mapping[int, Hearing]
) -> Figures:
    """The figures as they are now."""
    people, from_wuhan = _returnees(session)
    return Figures(
        visits_today=_visits_since(session, start_of(clock.today())),
        covered=total(covered.values()),
        unheard=sum(not hearings[grid].is_known for grid in covered if grid in hearings)
        + sum(grid not in hearings for grid in covered),
        grids=len(covered),
        held=ledger.count_held(session),
        flagged=ledger.count_flagged(session),
        lost=_lost(session),
        returnees=people,
        from_wuhan=from_wuhan,
        isolated=_count(session, IsolationCase.present()),
    )


def start_of(day: date) -> int:
    """When a day begins in the township, in milliseconds since 1970 UTC."""
    return int(datetime.combine(day, time(), clock.LOCAL).timestamp() * 1000)


def _visits_since(session: Session, start_ms: int) -> int:
    return _count(session, sa.select(Visit.id).where(Visit.occurred_ms >= start_ms, ~Visit.voided))


def _returnees(session: Session) -> tuple[int, int]:
    # A person is from Wuhan if any of their registrations says so, not only the first.
    person = sa.func.coalesce(Returnee.same_as, Returnee.id)
    linked = sa.case((Returnee.wuhan_link.in_(("returned", "passed")), person))
    query = sa.select(sa.func.count(sa.distinct(person)), sa.func.count(sa.distinct(linked))).where(
        ~Returnee.voided
    )
    people, from_wuhan = session.execute(query).one()
    return people, from_wuhan


def _lost(session: Session) -> int:
    unseen = ~sa.exists().where(SeenLoss.loss_id == Loss.id)
    return session.scalar(sa.select(sa.func.sum(Loss.count)).where(unseen)) or 0


def _count(session: Session, query: sa.Select[Any]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
