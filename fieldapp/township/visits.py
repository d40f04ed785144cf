"""The latest visits, and those of a village, a result or a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Response, request
from sqlalchemy.orm import aliased

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Unit
from fieldapp.households.models import Household
from fieldapp.htmx import render
from fieldapp.township.blueprint import bp
from fieldapp.township.figures import start_of
from fieldapp.township.places import villages
from fieldapp.visits.form import VISIT
from fieldapp.visits.models import Visit

PAGE = 50
RESULTS = {choice.code: choice.label for choice in VISIT.field("result").choices}
MODES = {choice.code: choice.label for choice in VISIT.field("mode").choices}


class After(NamedTuple):
    """Where the last page ended."""

    occurred_ms: int
    id: str

    @classmethod
    def read(cls, text: str) -> After | None:
        """None for a text that is no such place."""
        ms, _, key = text.partition("-")
        return cls(int(ms), key[:36]) if ms.isdecimal() and len(ms) < 16 else None

    def __str__(self) -> str:
        return f"{self.occurred_ms}-{self.id}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; what was not understood is left out."""

    grid: Unit | None
    result: str
    day: date | None
    after: After | None

    def for_address(self) -> dict[str, str]:
        """The filters as parts of an address, without the page."""
        parts = {
            "grid": self.grid.code if self.grid else "",
            "result": self.result,
            "day": self.day.isoformat() if self.day else "",
        }
        return {name: text for name, text in parts.items() if text}


@bp.get("/visits/")
def visits() -> Response:
    """Fifty at a time, the latest first; htmx asks for the list alone when a filter changes."""
    asked = _asked()
    rows = db.session().execute(_query(asked)).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return render(
        "township/visits.html",
        block="rows",
        asked=asked,
        visits=rows[:PAGE],
        after=str(After(last.occurred_ms, last.id)) if last else "",
        places=villages(),
        results=RESULTS,
        modes=MODES,
        today=clock.today(),
        as_of=clock.utc_now(),
    )


def _asked() -> Asked:
    given = request.args
    grid = scope.grid_of(given.get("grid", ""))
    result = given.get("result", "")
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError:
        day = None
    return Asked(
        grid=scope.unit(grid) if grid is not None else None,
        result=result if result in RESULTS else "",
        day=day if day and day.year > 2000 else None,
        after=After.read(given.get("after", "")),
    )


def _query(asked: Asked) -> sa.Select[*tuple[Any, ...]]:
    was = aliased(Household)  # a file that was merged stands in the list as the one that remains
    query = (
        sa.select(
            *(Visit.id, Visit.grid_id, Visit.hh, Visit.mode, Visit.result, Visit.voided),
            *(Visit.flagged, Visit.occurred_ms, Visit.received_ms),
            *(Household.head_name, Household.address_text, Member.name.label("member")),
        )
        .outerjoin(was, was.id == Visit.hh)
        .outerjoin(Household, Household.id == sa.func.coalesce(was.survivor, Visit.hh))
        .outerjoin(Member, Member.id == Visit.author)
        .order_by(Visit.occurred_ms.desc(), Visit.id)
        .limit(PAGE + 1)
    )
    if asked.grid:
        query = query.where(Visit.grid_id.in_(scope.at_or_below(asked.grid.id)))
    if asked.result:
        query = query.where(Visit.result == asked.result)
    if asked.day:
        ends = start_of(asked.day + timedelta(days=1))
        query = query.where(Visit.occurred_ms >= start_of(asked.day), Visit.occurred_ms < ends)
    if asked.after:
        later = (Visit.occurred_ms == asked.after.occurred_ms) & (Visit.id > asked.after.id)
        query = query.where((Visit.occurred_ms < asked.after.occurred_ms) | later)
    return query
