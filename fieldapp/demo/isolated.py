"""Who is in home isolation in the demo town, and what was measured so far. All invented.

In the first grid there is one of everything that somebody may have to do: checks of today, an
alert, an arrival to confirm, a release; elsewhere a few people each.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fieldapp import clock
from fieldapp.demo.folk import SEED, record_id
from fieldapp.grids.scope import Unit
from fieldapp.households.models import Household, Person
from fieldapp.isolation.check_form import HEALTH_CHECK
from fieldapp.isolation.form import ISOLATION_CASE

Change = dict[str, object]

DAYS = 14
SLOTS = (("morning", time(8, 10)), ("evening", time(17, 40)))
REGISTERED = time(9, 30)


@dataclass(frozen=True, slots=True)
class Story:
    """One case: when it began, and what is special about it.

    fever: yesterday evening's reading. gaps: slots without a check, counted back from the last.
    """

    days_ago: int
    state: str = "isolating"
    kind: str = "home_isolation"
    fever: str = ""
    gaps: Sequence[int] = ()
    today: bool = False  # whether this morning's check has come


FIRST_GRID = (
    Story(4, gaps=(3,)),
    Story(3, kind="home_monitoring"),
    Story(2),
    Story(5, fever="37.6"),
    Story(15, gaps=(4, 9)),
    Story(4, state="waiting"),
)
ELSEWHERE = (Story(3, today=True), Story(8, gaps=(1,)), Story(12, today=True))
EVERY_NTH_GROUP = 9


def isolated(session: Session, groups: Sequence[Unit], now: datetime) -> Iterator[Change]:
    """All changes, in the order in which they were made; `now` aware."""
    dice = random.Random(SEED)  # noqa: S311  # reproducible, not secret
    for number, group in enumerate(groups):
        stories = FIRST_GRID if number == 0 else ELSEWHERE if number % EVERY_NTH_GROUP == 0 else ()
        people = _people(session, group, len(stories))
        for story, person in zip(stories, people, strict=False):
            yield from _case(story, group, person, now, dice)


def _people(session: Session, group: Unit, number: int) -> Sequence[Person]:
    """So many people of a group, most of them behind doors of their own, two behind one."""
    if not number:
        return ()
    query = (
        sa.select(Person)
        .join(Household, Household.id == Person.hh)
        .where(Person.grid_id == group.id, Household.occupied == "resident")
        .where(Household.resident_n > 1)
        .order_by(Household.walk_no, Person.relation.desc(), Person.id)
    )
    found = list(session.scalars(query))
    first = {person.hh: person for person in reversed(found)}
    doors = sorted(first.values(), key=found.index)[2::5][: number - 1]
    second = [one for one in found if doors and one.hh == doors[0].hh and one.id != doors[0].id]
    return [*doors, *second][:number]


def _case(
    story: Story, group: Unit, person: Person, now: datetime, dice: random.Random
) -> Iterator[Change]:
    begun = clock.local_day(now) - timedelta(days=story.days_ago)
    case = record_id("case", person.id)
    fields: dict[str, object] = {
        "person": person.id,
        "hh": person.hh,
        "kind": story.kind,
        "reason": "wuhan" if story.kind == "home_isolation" else "other_area",
        "count_from_kind": "arrived",
        "count_from": begun.isoformat(),
        "days": DAYS,
        "state": story.state,
        "registered_on": begun.isoformat(),
    }
    yield _change("isolation_case", ISOLATION_CASE.version, case, group, begun, REGISTERED, fields)
    if story.state != "waiting":
        yield from _checks(story, case, group, person, begun, now, dice)


def _checks(
    story: Story,
    case: str,
    group: Unit,
    person: Person,
    begun: date,
    now: datetime,
    dice: random.Random,
) -> Iterator[Change]:
    here, usual = now.astimezone(clock.LOCAL), dice.randint(362, 366)
    last = begun + timedelta(days=DAYS)
    days = [begun + timedelta(days=n) for n in range(1, story.days_ago + 1)]
    slots = [
        (day, slot, at)
        for day in days
        for slot, at in SLOTS
        if day <= last and (day < here.date() or (story.today and at < here.time()))
    ]
    for back, (day, slot, at) in enumerate(reversed(slots), start=1):
        if back in story.gaps:
            continue
        tenths = usual + dice.randint(-2, 3)
        fields: dict[str, object] = {
            "case": case,
            "hh": person.hh,
            "date": day.isoformat(),
            "slot": slot,
            "by": dice.choice(("visit", "visit", "phone")),
            "temp_status": "measured",
            "temp": f"{tenths // 10}.{tenths % 10}",
            "symptoms": ["none"],
            "at_home": True,
        }
        if story.fever and back == 1:
            fields |= {"temp": story.fever, "symptoms": ["cough"], "action": "told_doctor"}
        record = record_id("check", person.id, day, slot)
        yield _change("health_check", HEALTH_CHECK.version, record, group, day, at, fields)


def _change(
    kind: str, form: int, record: str, group: Unit, day: date, at: time, fields: dict[str, object]
) -> Change:
    made_at = datetime.combine(day, at, clock.LOCAL).isoformat(timespec="seconds")
    return {
        "id": record_id("change", record),
        "kind": kind,
        "record": record,
        "base": None,
        "form": form,
        "grid": group.code,
        "made_at": made_at,
        "fields": fields,
    }
