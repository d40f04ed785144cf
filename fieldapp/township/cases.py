"""Cases of home isolation in the office: lists of them, and one with everything known about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, render_template, request
from sqlalchemy.orm import Session

from fieldapp import clock, ledger
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from fieldapp.grids.scope import Unit
from fieldapp.households.models import Person
from fieldapp.htmx import render
from fieldapp.i18n import N_
from fieldapp.isolation import HealthCheck, IsolationCase, present_rules
from fieldapp.isolation.check_form import HEALTH_CHECK
from fieldapp.isolation.checks import degrees
from fieldapp.isolation.rules import (
    Completeness,
    Level,
    alert_of,
    completeness,
    is_open_alert,
    rule_on,
)
from fieldapp.isolation.standing import Standing, as_fields, in_series, time_is_over
from fieldapp.township import answers, differing
from fieldapp.township.blueprint import bp
from fieldapp.township.isolation import (
    KINDS,
    SLOT_NAMES,
    STATES,
    all_standings,
    responsible,
)
from fieldapp.township.once import new_id
from fieldapp.township.places import villages

SHOW = {
    "present": N_("Everybody present"),
    "alerts": N_("With an open alert"),
    "over": N_("Time is over: to be released"),
    "waiting": N_("Arrival to be confirmed"),
    "differing": N_("Differs from the returnee's form"),
    "same": N_("The same reading ten times"),
    "released": N_("Released today"),
}
STATUSES = {one.code: one.label for one in HEALTH_CHECK.field("temp_status").choices}
SYMPTOMS = {one.code: one.label for one in HEALTH_CHECK.field("symptoms").choices}
ACTIONS = {one.code: one.label for one in HEALTH_CHECK.field("action").choices}
OUTCOMES = {one.code: one.label for one in HEALTH_CHECK.field("outcome").choices}


@dataclass(frozen=True, slots=True)
class Reading:
    """One check as the page shows it."""

    check: HealthCheck
    level: Level
    is_open: bool
    by: str

    @property
    def temperatures(self) -> list[str]:
        """The first reading, and the second where there was one."""
        check = self.check
        return [text for it in (check.temp_tenths, check.temp2_tenths) if (text := degrees(it))]


@dataclass(frozen=True, slots=True)
class Page:
    """One case with all that was said about it."""

    case: IsolationCase
    name: str
    door: str
    unit: Unit
    people: Sequence[Member]
    days: Sequence[tuple[date, int, Mapping[str, Sequence[Reading]]]]
    readings: Sequence[Reading]
    made: Completeness
    time_is_over: bool
    differences: Sequence[differing.Difference]
    said: Sequence[tuple[ledger.Said, str, str]]
    version: int

    @property
    def alert(self) -> Reading | None:
        """The newest check whose alert is open."""
        return next((one for one in self.readings if one.is_open), None)

    @property
    def is_present(self) -> bool:
        return self.case.state in ("isolating", "alert", "to_release") and not self.case.voided

    @property
    def can_be_released(self) -> bool:
        return self.is_present and self.time_is_over and self.alert is None


@bp.get("/isolation/cases/")
def isolation_cases() -> Response:
    """Who is in isolation, or those of them whom somebody has to see to."""
    session = db.session()
    show = request.args.get("show", "present")
    show = show if show in SHOW else "present"
    where = scope.grid_of(request.args.get("grid", ""))
    places = None if where is None else set(scope.at_or_below(where))
    some = [one for one in _FINDERS[show](session) if places is None or one.case.grid_id in places]
    return render(
        "township/isolation_cases.html",
        block="rows",
        cases=some,
        show=show,
        shows=SHOW,
        where=scope.unit(where) if where is not None else None,
        villages=villages(),
        kinds=KINDS,
        states=STATES,
        today=clock.today(),
        as_of=clock.utc_now(),
    )


@bp.get("/isolation/cases/<case_id>")
def isolation_case(case_id: str) -> Response:
    """One case, its checks day by day, its history, and what can be done now."""
    return case_page(case_id)


def case_page(
    case_id: str, *, errors: Mapping[str, Sequence[str]] | None = None, status: int = 200
) -> Response:
    """The page of a case; with what is wrong, where something was to be done to it."""
    page = read(db.session(), case_id)
    body = render_template(
        "township/isolation_case.html",
        page=page,
        errors=errors or {},
        typed=request.form,
        kinds=KINDS,
        states=STATES,
        statuses=STATUSES,
        symptoms=SYMPTOMS,
        actions=ACTIONS,
        outcomes=OUTCOMES,
        slot_names=SLOT_NAMES,
        new_id=new_id,
        today=clock.today(),
        as_of=clock.utc_now(),
    )
    return Response(body, status)


def read(session: Session, case_id: str) -> Page:
    """Everything about one case; 404 where there is none."""
    case = session.get(IsolationCase, case_id) or abort(404)
    record = ledger.record(session, "isolation_case", case_id) or abort(404)
    rules = present_rules()
    checks = session.scalars(
        sa.select(HealthCheck)
        .where(HealthCheck.case_id == case_id)
        .order_by(HealthCheck.day.desc(), HealthCheck.slot, HealthCheck.number.desc())
    ).all()
    members = _names(session)
    readings = [_reading(one, rules, case.kind, members) for one in checks]
    person = session.get(Person, case.person)
    made = Completeness(0, 0)
    if case.count_from:
        registered = case.registered_on.isoformat()
        made = completeness(rules, as_fields(case), registered, [one.fields for one in checks])
    return Page(
        case=case,
        name=person.name if person else "",
        door=answers.door(session, case.hh),
        unit=scope.unit(case.grid_id),
        people=responsible(session).get(case.grid_id, ()),
        days=_days(case, readings),
        readings=readings,
        made=made,
        time_is_over=time_is_over(case, ledger.now_ms()),
        differences=differing.differences(session, case),
        said=_said(session, case_id, members),
        version=record.version,
    )


def _reading(
    check: HealthCheck, rules: Sequence[Any], kind: str, members: Mapping[int, str]
) -> Reading:
    rule, fields = rule_on(rules, kind, check.day.isoformat()), check.fields
    return Reading(
        check,
        alert_of(rule, fields) if rule else "none",
        is_open_alert(rule, fields) if rule else False,
        members.get(check.author, "") if check.author is not None else "",
    )


def _days(
    case: IsolationCase, readings: Sequence[Reading]
) -> list[tuple[date, int, Mapping[str, Sequence[Reading]]]]:
    """Day 0 to the last, or to today where it still runs; the newest first."""
    if case.count_from is None or case.planned_end is None:
        return []
    last = min(case.planned_end, clock.today())
    found: list[tuple[date, int, Mapping[str, Sequence[Reading]]]] = []
    for number in range((last - case.count_from).days, -1, -1):
        day = case.count_from + timedelta(days=number)
        slots = {
            slot: [one for one in readings if (one.check.day, one.check.slot) == (day, slot)]
            for slot in SLOT_NAMES
        }
        found.append((day, number, slots))
    return found


def _said(
    session: Session, case_id: str, members: Mapping[int, str]
) -> list[tuple[ledger.Said, str, str]]:
    """Who said what, the last first: each with a name and the answers in words."""
    form = ledger.kinds()["isolation_case"].newest
    found = []
    for one in reversed(ledger.history(session, "isolation_case", case_id)):
        said = answers.answers(form, one.fields, {}, session)
        words = [f"{it.label}: {it.text}" for it in said if it.field and it.field.type != "ref"]
        name = members.get(one.member, "") if one.member is not None else ""
        found.append((one, name, " · ".join(words)))
    return found


def _names(session: Session) -> Mapping[int, str]:
    rows = session.execute(sa.select(Member.id, Member.name))
    return {row[0]: row[1] for row in rows}


def _released(session: Session) -> list[Standing]:
    query = (
        sa.select(IsolationCase, Person.name)
        .outerjoin(Person, Person.id == IsolationCase.person)
        .where(
            IsolationCase.counted(),
            IsolationCase.state == "released",
            IsolationCase.released_on == clock.today(),
        )
        .order_by(IsolationCase.grid_id, Person.name)
    )
    return [
        Standing(case, name or "", answers.door(session, case.hh), {}, None, is_over=False)
        for case, name in session.execute(query)
    ]


def _only(which: Callable[[Standing], bool]) -> Callable[[Session], list[Standing]]:
    return lambda session: [one for one in all_standings(session) if which(one)]


def _among(
    ids: Callable[[Session], frozenset[str]],
) -> Callable[[Session], list[Standing]]:
    def find(session: Session) -> list[Standing]:
        wanted = ids(session)
        return [one for one in all_standings(session) if one.case.id in wanted] if wanted else []

    return find


_FINDERS: dict[str, Callable[[Session], list[Standing]]] = {
    "present": all_standings,
    "alerts": _only(lambda one: one.alert is not None),
    "over": _only(lambda one: one.is_over),
    "waiting": _only(lambda one: one.case.state == "waiting"),
    "differing": _among(differing.ids),
    "same": _among(in_series),
    "released": _released,
}
