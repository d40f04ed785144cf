"""`python -m bench.isolated`: puts 1,022 people of the loaded demo town into home isolation.

Day 8 of 14 for all of them. Every check was made but yesterday's morning, so that all are missed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from fieldapp import clock, ledger
from fieldapp.app import create_app
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.households.models import Person

CASES = 1022
DAY_NO = 8
BATCH = 500
HOURS = {"morning": time(8), "evening": time(18)}


def main() -> None:
    with create_app().app_context():
        people = list(db.session().scalars(sa.select(Person).order_by(Person.id).limit(CASES)))
        items = _items([(one.id, one.hh, scope.code_of(one.grid_id)) for one in people])
        while batch := list(islice(items, BATCH)):
            with writing() as session:
                said = ledger.submit_items(
                    session, batch, origin=ledger.Origin(), grid_of=scope.grid_of
                )
            wrong = [outcome for outcome in said if outcome.status != "accepted"]
            if wrong:
                raise RuntimeError(f"not accepted: {wrong[:3]}")
        print(json.dumps({"cases": len(people)}))


def _items(people: list[tuple[str, str, str]]) -> Iterator[dict[str, Any]]:
    today = clock.today()
    begun = today - timedelta(days=DAY_NO)
    for person, hh, grid in people:
        case = {
            "person": person, "hh": hh, "kind": "home_isolation", "reason": "wuhan",
            "count_from_kind": "arrived", "count_from": begun.isoformat(), "days": 14,
            "state": "isolating", "registered_on": begun.isoformat(),
        }  # fmt: skip
        first = _change("isolation_case", 2, grid, begun, time(7), case)
        yield first
        for number in range(1, DAY_NO):
            day = begun + timedelta(days=number)
            for slot, at in HOURS.items():
                if not (slot == "morning" and day == today - timedelta(days=1)):
                    yield _change(
                        "health_check", 1, grid, day, at, _check(first["record"], day, slot)
                    )


def _check(case: str, day: date, slot: str) -> dict[str, Any]:
    return {
        "case": case, "date": day.isoformat(), "slot": slot, "by": "visit",
        "temp_status": "measured", "temp": "36.5", "symptoms": ["none"], "at_home": True,
    }  # fmt: skip


def _change(
    kind: str, form: int, grid: str, day: date, at: time, fields: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "kind": kind, "record": str(uuid.uuid4()), "base": None,
        "form": form, "grid": grid, "fields": fields,
        "made_at": datetime.combine(day, at, clock.LOCAL).isoformat(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
