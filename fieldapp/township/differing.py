"""Where a case and the returnee's form it was made from no longer say the same.

Days and measure of a returnee may be put right after the case has begun. The case does not follow
by itself, because somebody may have been told another last day already: the office sees the
difference and takes it over with one tap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.isolation.models import HERE, IsolationCase
from fieldapp.visits.models import Returnee

AT_HOME = ("home_isolation", "home_monitoring")


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer of the case, and what it would be by the returnee's form; None: no case."""

    name: str
    stands: str
    would_be: str | None


def differences(session: Session, case: IsolationCase) -> list[Difference]:
    """What differs about one case."""
    returnee = session.get(Returnee, case.returnee) if case.returnee else None
    if returnee is None or case.state not in HERE:
        return []
    found = []
    day = _day_0(returnee, case.count_from_kind)
    if day and day != case.count_from:
        stands = case.count_from.isoformat() if case.count_from else ""
        found.append(Difference("count_from", stands, day.isoformat()))
    if returnee.voided or returnee.measure not in AT_HOME:
        found.append(Difference("kind", case.kind, None))
    elif returnee.measure != case.kind:
        found.append(Difference("kind", case.kind, returnee.measure))
    return found


def ids(session: Session) -> frozenset[str]:
    """The cases about which something differs."""
    query = (
        sa.select(IsolationCase)
        .join(Returnee, Returnee.id == IsolationCase.returnee)
        .where(
            IsolationCase.state.in_(HERE),
            ~IsolationCase.voided,
            (Returnee.measure != IsolationCase.kind)
            | Returnee.voided
            | (Returnee.arrived_on != IsolationCase.count_from)
            | (Returnee.left_origin_on != IsolationCase.count_from),
        )
    )
    return frozenset(case.id for case in session.scalars(query) if differences(session, case))


def _day_0(returnee: Returnee, counted: str) -> date | None:
    """The day the case would be counted from, by the same basis as now."""
    if counted == "arrived":
        return returnee.arrived_on
    return returnee.left_origin_on if counted == "left_origin" else None
