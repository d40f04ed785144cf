"""What the township looks at before somebody is released: who says so, when, and any open alert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp.grids import scope
from fieldapp.isolation.checks import HealthCheck
from fieldapp.isolation.rulebook import present_rules
from fieldapp.isolation.rules import Fields, ends_at, open_alert
from fieldapp.ledger import Arrival, Errors, Record, Review

RELEASERS = ("doctor", "head", "chief_head")


def open_alert_of(session: Session, case_id: str, kind: str) -> Fields | None:
    """The newest check of a case whose alert is open."""
    rows = session.scalars(sa.select(HealthCheck).where(HealthCheck.case_id == case_id))
    return open_alert(present_rules(), kind, [row.fields for row in rows])


def _is_release(fields: Mapping[str, Any]) -> bool:
    return fields.get("state") == "released"


def _object_to(session: Session, arrival: Arrival, record: Record | None) -> Errors:
    before: Mapping[str, Any] = record.fields if record else {}
    place = record.place if record else arrival.place
    if place is None or _is_release(before):
        return {}  # nobody knows the grid, which is said elsewhere; or it was released already
    case: dict[str, Any] = {**before, **arrival.change.fields}
    codes = []
    if not _may_release(arrival.origin.member, place):
        codes.append("release_not_yours")
    if arrival.made_ms < _end(case, arrival.received_ms):
        codes.append("before_planned_end")
    if open_alert_of(session, arrival.change.record, str(case.get("kind"))) is not None:
        codes.append("alert_open")
    missing = [name for name in ("released_on", "release_no") if not case.get(name)]
    return {**({"state": codes} if codes else {}), **{name: ["required"] for name in missing}}


def _may_release(member: int | None, place: int) -> bool:
    duties = scope.duties_of(member) if member is not None else []
    return any(
        duty.role in RELEASERS and place in scope.at_or_below(duty.grid_id) for duty in duties
    )


def _end(case: Fields, otherwise: int) -> int:
    """The moment it ends; a case that does not say so is one that its form objects to."""
    try:
        return ends_at(case)
    except (KeyError, TypeError, ValueError, OverflowError):
        return otherwise


RELEASE = Review(_is_release, _object_to)
