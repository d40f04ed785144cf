"""Home isolation at a glance: every village and grid, what was made today and what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Response, abort, request
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Unit
from fieldapp.htmx import render
from fieldapp.isolation import present_rules
from fieldapp.isolation.form import ISOLATION_CASE, SLOTS
from fieldapp.isolation.standing import (
    Flow,
    Slots,
    Standing,
    flows,
    local_ms,
    released_on,
    slots_of,
    standings,
)
from fieldapp.township import phones
from fieldapp.township.blueprint import bp
from fieldapp.township.phones import NOBODY, Hearing
from fieldapp.township.places import villages

KINDS = {choice.code: choice.label for choice in ISOLATION_CASE.field("kind").choices}
STATES = {choice.code: choice.label for choice in ISOLATION_CASE.field("state").choices}
SLOT_NAMES = {choice.code: choice.label for choice in SLOTS}


@dataclass(frozen=True, slots=True)
class Line:
    """A village or a grid with everybody who is in isolation there."""

    unit: Unit
    flow: Flow
    some: Sequence[Standing]
    released_today: int
    hearing: Hearing = NOBODY

    @property
    def slots(self) -> Slots:
        """What was due today."""
        return slots_of(self.some)

    @property
    def alerts(self) -> int:
        """How many have an open alert."""
        return sum(one.alert is not None for one in self.some)

    @property
    def waiting(self) -> int:
        """How many were handed over to here, and nobody has confirmed that they came."""
        return sum(one.case.state == "waiting" for one in self.some)

    @property
    def over(self) -> int:
        """How many can be released."""
        return sum(one.is_over for one in self.some)


@dataclass(frozen=True, slots=True)
class Missing:
    """One slot of one person without a record."""

    standing: Standing
    slot: str
    state: str
    unit: Unit
    people: Sequence[Member]


@bp.get("/isolation/")
def isolation() -> Response:
    """All villages, with sums that add up."""
    lines, whole = _village_lines(db.session())
    return render(
        "township/isolation.html",
        block="table",
        lines=lines,
        whole=whole,
        slots=sum_slots(lines),
        flow=_sum_flow(lines),
        of=None,
        **_now(),
    )


@bp.get("/isolation/grids/<code>")
def isolation_village(code: str) -> Response:
    """The basic grids of one village."""
    grid = scope.grid_of(code)
    if grid is None:
        abort(404)
    lines = [
        line
        for line in _grid_lines(db.session())
        if line.flow.ever and grid in (line.unit.id, *line.unit.path)
    ]
    return render(
        "township/isolation.html",
        block="table",
        lines=lines,
        whole=lines,
        slots=sum_slots(lines),
        flow=_sum_flow(lines),
        of=scope.unit(grid),
        **_now(),
    )


@bp.get("/isolation/missed")
def missed() -> Response:
    """Who was not checked, whom to call about it; of yesterday too, where that is asked."""
    session = db.session()
    yesterday = request.args.get("day") == "yesterday"
    day = clock.today() - timedelta(days=yesterday)
    where = scope.grid_of(request.args.get("grid", ""))
    rows = missing(session, day, within=where)
    return render(
        "township/isolation_missed.html",
        block="rows",
        rows=rows,
        day=day,
        yesterday=yesterday,
        where=scope.unit(where) if where is not None else None,
        villages=villages(),
        slot_names=SLOT_NAMES,
        **_now(),
    )


def all_standings(session: Session, day: date | None = None) -> list[Standing]:
    """Everybody who is in isolation, as the town knows now."""
    now = clock.utc_now()
    heard = {
        grid: local_ms(one.heard_at)
        for grid, one in phones.by_grid(session).items()
        if one.heard_at and not one.pending
    }
    return standings(session, present_rules(), local_ms(now), heard, day=day)


def missing(session: Session, day: date, *, within: int | None = None) -> list[Missing]:
    """Every slot of the day that was missed, or of which nothing is known; by grid."""
    places = None if within is None else set(scope.at_or_below(within))
    leaders = responsible(session)
    rows = [
        Missing(one, slot, state, scope.unit(grid), leaders.get(grid, ()))
        for one in all_standings(session, day)
        for grid in (one.case.grid_id,)
        if places is None or grid in places
        for slot, state in one.slots.items()
        if state in ("missed", "unknown")
    ]
    return sorted(rows, key=lambda row: (row.unit.code, row.standing.name, row.slot != "morning"))


def responsible(session: Session) -> Mapping[int, Sequence[Member]]:
    """Who has a duty in a grid itself: of a basic grid, its leaders."""
    today, found = clock.today(), dict[int, list[Member]]()
    for member in session.query(Member):
        for duty in scope.tree().duties.get(member.id, ()):
            if duty.holds_on(today) and duty.role != "volunteer":
                found.setdefault(duty.grid_id, []).append(member)
    return found


def sum_slots(lines: Sequence[Line]) -> Slots:
    """The slots of several lines."""
    return Slots(*(sum(column) for column in zip(*(line.slots for line in lines), strict=True)))


def _sum_flow(lines: Sequence[Line]) -> Flow:
    return Flow(*(sum(column) for column in zip(*(line.flow for line in lines), strict=True)))


def _village_lines(session: Session) -> tuple[list[Line], list[Line]]:
    """Villages that ever had a case, and all grids that did."""
    grids = [line for line in _grid_lines(session) if line.flow.ever]
    found = []
    for village in villages():
        within = [line for line in grids if village.id in (line.unit.id, *line.unit.path)]
        if within:
            some = [one for line in within for one in line.some]
            released = sum(line.released_today for line in within)
            found.append(Line(village, _sum_flow(within), some, released))
    return found, grids


def _grid_lines(session: Session) -> list[Line]:
    counted, released = flows(session), released_on(session, clock.today())
    hearings, present = phones.by_grid(session), dict[int, list[Standing]]()
    for one in all_standings(session):
        present.setdefault(one.case.grid_id, []).append(one)
    return [
        Line(
            scope.unit(grid), flow, present.get(grid, []), released.get(grid, 0),
            hearings.get(grid, NOBODY),
        )
        for grid, flow in sorted(counted.items(), key=lambda item: scope.code_of(item[0]))
    ]  # fmt: skip


def _now() -> dict[str, Any]:
    return {"as_of": clock.utc_now(), "today": clock.today()}
