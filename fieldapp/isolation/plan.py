"""When home isolation ends and how often it is to be looked in on: pure arithmetic of days.

`static/js/forms/plan.js` is the twin, held to this by `tests/contract/plan_cases.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Part = Literal["morning", "evening"]
PARTS: tuple[Part, ...] = ("morning", "evening")


@dataclass(frozen=True, slots=True)
class Slot:
    """One check of the plan. Before registration nothing was missed: nobody knew yet."""

    day_no: int
    day: date
    part: Part
    before_registration: bool


def planned_end(count_from: date, days: int) -> date:
    """The last day, until 24:00 of which isolation lasts; `count_from` is day 0."""
    return count_from + timedelta(days=days)


def slots(count_from: date, days: int, registered_on: date) -> tuple[Slot, ...]:
    """Two checks on each of the days 1 to `days`; day 0 and the day of registration are free."""
    return tuple(
        Slot(number, day, part, before_registration=number <= (registered_on - count_from).days)
        for number in range(1, days + 1)
        for day in (count_from + timedelta(days=number),)
        for part in PARTS
    )


def slots_due(count_from: date, days: int, registered_on: date) -> int:
    """How many checks are to be made: 28 of 14 days, two fewer for each day registered late."""
    days_late = max(0, (registered_on - count_from).days)
    return len(PARTS) * max(0, days - days_late)
