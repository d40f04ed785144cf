"""How things stand with everybody in home isolation: what is due today, was made, or was missed.

A few statements for all cases together, however many there are. A slot of a day is in exactly one
place: made, missed, not known, or still to come; and a case that counts is present, released or
handed on to somebody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.households.models import Household, Person
from fieldapp.isolation.checks import HealthCheck, may_be_alert
from fieldapp.isolation.models import HANDED_ON, HERE, RELEASED, IsolationCase, PastCases
from fieldapp.isolation.rules import (
    Rule,
    State,
    ends_at,
    is_open_alert,
    releasable,
    rule_on,
    slot_state,
)

LONG_SERIES = 10  # equal readings of one person, one after another, that somebody should look at


@dataclass(frozen=True, slots=True)
class Standing:
    """One case that is present, and its slots of the day that was asked about.

    heard_ms: when the phones of its grid were last heard from with nothing left on them.
    alert: the id of the check whose alert is open.
    """

    case: IsolationCase
    name: str
    door: str
    slots: Mapping[str, State]
    alert: str | None
    is_over: bool

    @property
    def day_no(self) -> int:
        """Which day of the isolation it is today; day 0 is the one it is counted from."""
        begun = self.case.count_from
        return (clock.today() - begun).days if begun else 0


class Slots(NamedTuple):
    """Slots of one day by what is known of them. The last four add up to `due`."""

    due: int = 0
    done: int = 0
    missed: int = 0
    unknown: int = 0
    ahead: int = 0


class Flow(NamedTuple):
    """Cases that count: `ever` of them, each present, released, or handed on to others."""

    ever: int = 0
    released: int = 0
    handed_on: int = 0
    present: int = 0


_PLACES: Mapping[State, str] = {
    "done": "done",
    "missed": "missed",
    "unknown": "unknown",
    "late": "ahead",
    "open": "ahead",
    "not_yet": "ahead",
}


def standings(
    session: Session,
    rules: Sequence[Rule],
    now_ms: int,
    heard: Mapping[int, int],
    *,
    day: date | None = None,
) -> list[Standing]:
    """Every case that is present, by grid and then by name. `heard`: when, by grid, where known."""
    asked = day or clock.today()
    made = _made(session, asked)
    alerts = open_alerts(session, rules)
    return [
        Standing(
            case=case,
            name=name or "",
            door=f"{head} · {address}" if head else "",
            slots=_slots(case, rules, now_ms, heard.get(case.grid_id), asked, made),
            alert=alerts.get(case.id),
            is_over=_is_over(case, now_ms, alert=case.id in alerts),
        )
        for case, name, head, address in session.execute(_present())
    ]


def open_alerts(session: Session, rules: Sequence[Rule]) -> dict[str, str]:
    """The newest check with an open alert of each case that has one: case → check."""
    lowest = min((int(rule["alert"].replace(".", "")) for rule in rules), default=430)
    query = (
        sa.select(HealthCheck, IsolationCase.kind)
        .join(IsolationCase, IsolationCase.id == HealthCheck.case_id)
        .where(may_be_alert(lowest), IsolationCase.state.in_(HERE), ~IsolationCase.voided)
        .order_by(HealthCheck.day, HealthCheck.slot.desc())
    )
    found = {}
    for check, kind in session.execute(query):
        rule = rule_on(rules, kind, check.day.isoformat())
        if rule and is_open_alert(rule, check.fields):
            found[check.case_id] = check.id
    return found


def slots_of(some: Iterable[Standing]) -> Slots:
    """Their slots, counted."""
    states = (state for one in some for state in one.slots.values())
    places = Counter(_PLACES[state] for state in states if state in _PLACES)
    return Slots(sum(places.values()), *(places[name] for name in Slots._fields[1:]))


def flows(session: Session) -> dict[int, Flow]:
    """Every case that counts, by grid; those that were deleted on time as well."""
    query = (
        sa.select(IsolationCase.grid_id, IsolationCase.state, sa.func.count())
        .where(IsolationCase.counted())
        .group_by(IsolationCase.grid_id, IsolationCase.state)
    )
    past = sa.select(PastCases.grid_id, PastCases.state, PastCases.count)
    found: dict[int, Counter[str]] = {}
    for grid, state, count in (*session.execute(query), *session.execute(past)):
        found.setdefault(grid, Counter())[state] += count
    return {grid: _flow(states) for grid, states in found.items()}


def released_on(session: Session, day: date) -> dict[int, int]:
    """How many were released on a day, by grid."""
    query = (
        sa.select(IsolationCase.grid_id, sa.func.count())
        .where(
            IsolationCase.counted(),
            IsolationCase.state.in_(RELEASED),
            IsolationCase.released_on == day,
        )
        .group_by(IsolationCase.grid_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def in_series(session: Session) -> frozenset[str]:
    """Cases whose last readings are all alike, so that somebody should look in person."""
    query = (
        sa.select(HealthCheck.case_id, HealthCheck.temp_tenths)
        .join(IsolationCase, IsolationCase.id == HealthCheck.case_id)
        .where(
            HealthCheck.temp_tenths.is_not(None),
            ~HealthCheck.voided,
            IsolationCase.state.in_(HERE),
            ~IsolationCase.voided,
        )
        .order_by(HealthCheck.day.desc(), HealthCheck.slot, HealthCheck.number.desc())
    )
    last: dict[str, list[int | None]] = {}
    for case, tenths in session.execute(query):
        readings = last.setdefault(case, [])
        if len(readings) < LONG_SERIES:
            readings.append(tenths)
    return frozenset(
        case
        for case, readings in last.items()
        if len(readings) == LONG_SERIES and len(set(readings)) == 1
    )


def as_fields(case: IsolationCase) -> dict[str, object]:
    """A row as `rules` reads a case."""
    return {
        "kind": case.kind,
        "count_from": case.count_from.isoformat() if case.count_from else None,
        "days": case.days,
        "state": case.state,
        "voided": case.voided,
    }


def local_ms(moment: datetime) -> int:
    """A moment in milliseconds since 1970 UTC."""
    return int(moment.timestamp() * 1000)


def _present() -> sa.Select[IsolationCase, str | None, str | None, str | None]:
    return (
        sa.select(IsolationCase, Person.name, Household.head_name, Household.address_text)
        .outerjoin(Person, Person.id == IsolationCase.person)
        .outerjoin(Household, Household.id == IsolationCase.hh)
        .where(IsolationCase.state.in_(HERE), ~IsolationCase.voided)
        .order_by(IsolationCase.grid_id, Person.name, IsolationCase.id)
    )


def _made(session: Session, day: date) -> frozenset[tuple[str, str]]:
    query = sa.select(HealthCheck.case_id, HealthCheck.slot).where(
        HealthCheck.day == day, ~HealthCheck.voided
    )
    return frozenset((row[0], row[1]) for row in session.execute(query))


def _slots(
    case: IsolationCase,
    rules: Sequence[Rule],
    now_ms: int,
    heard_ms: int | None,
    day: date,
    made: frozenset[tuple[str, str]],
) -> dict[str, State]:
    """What is to be said of the day's slots; nothing for days that the plan does not have."""
    text = day.isoformat()
    rule = rule_on(rules, case.kind, text)
    if rule is None or case.state == "waiting" or not _is_planned(case, day):
        return {}
    return {
        one["slot"]: slot_state(
            rule,
            text,
            one["slot"],
            now_ms,
            done=(case.id, one["slot"]) in made and day > case.registered_on,
            registered_at=case.registered_on.isoformat(),
            phone_heard_at=heard_ms,
        )
        for one in rule["slots"]
    }


def _is_planned(case: IsolationCase, day: date) -> bool:
    first, last = case.count_from, case.planned_end
    return first is not None and last is not None and first < day <= last


def _is_over(case: IsolationCase, now_ms: int, *, alert: bool) -> bool:
    return case.count_from is not None and releasable(as_fields(case), now_ms, alert=alert)


def _flow(states: Counter[str]) -> Flow:
    return Flow(
        sum(states.values()),
        sum(states[one] for one in RELEASED),
        sum(states[one] for one in HANDED_ON),
        sum(states[one] for one in HERE),
    )


def time_is_over(case: IsolationCase, now_ms: int) -> bool:
    """Whether 24:00 of the last day has passed, alert or not."""
    return case.count_from is not None and now_ms >= ends_at(as_fields(case))
