"""Somebody in home isolation in the small town, and what phones say of them."""

from __future__ import annotations

from datetime import timedelta

from fieldapp import clock
from fieldapp.database import writing
from fieldapp.grids import duties
from tests.syncing.smalltown import VILLAGE, Json, Phone, SmallTown, change, edit, now

DOCTOR = "15400000005"
RELEASED = {"state": "released", "release_no": "虎解0007"}


def day(ago: int = 0) -> str:
    """A day as the township counts it."""
    return (clock.today() - timedelta(days=ago)).isoformat()


def case(began: int = 15, fields: Json | None = None, **others: object) -> Json:
    """A case that began so many days ago, for 14 days."""
    whole = {
        "person": "0c0c0c0c-0000-4000-8000-000000000001",
        "hh": "0b0b0b0b-0000-4000-8000-000000000001",
        "kind": "home_isolation",
        "reason": "wuhan",
        "count_from_kind": "arrived",
        "count_from": day(began),
        "days": 14,
        "state": "isolating",
        "registered_on": day(began),
    }
    return change("isolation_case", whole | (fields or {}), **({"form": 2} | others))


def check(of: Json, fields: Json | None = None, **others: object) -> Json:
    """A check of this morning, in which nothing was wrong."""
    whole = {
        "case": of["record"],
        "hh": of["fields"]["hh"],
        "date": day(),
        "slot": "morning",
        "by": "visit",
        "temp_status": "measured",
        "temp": "36.5",
        "symptoms": ["none"],
        "at_home": True,
        "occurred_at": now(),
    }
    return change("health_check", whole | (fields or {}), **others)


def release(of: Json, version: int | None = None, fields: Json | None = None) -> Json:
    """The case is over, by the paper of that number."""
    said = RELEASED | {"released_on": day()} | (fields or {})
    return edit(of, version, said, form=2)


def doctor(town: SmallTown) -> Phone:
    """The village's doctor joins."""
    with town.app.app_context(), writing():
        duties.add_member(name="孙医生", phone=DOCTOR, duty="doctor", grid_code=VILLAGE)
    return town.phone(DOCTOR)
