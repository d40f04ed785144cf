"""`python -m bench.prepare demo` or `small HOUSEHOLDS PEOPLE`: fills the empty instance folder.

`small` is one village with three groups: the first of the given size, two others for the rest of
the world. Prints the leaders of the groups as JSON, each with an enrolled phone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from fieldapp import clock, ledger
from fieldapp.accounts import clerks, enrolment
from fieldapp.app import create_app
from fieldapp.database import writing
from fieldapp.demo.folk import Village
from fieldapp.demo.load import load_demo
from fieldapp.exports.records import records
from fieldapp.extensions import db
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load
from tests.browser.smalltown import CLERK, GROUP_1, GROUP_2, GROUP_3, PASSWORD, TREE

LINKS = 12  # for the first leader, who is the one with a real phone in her hand
BATCH = 500
OTHERS = (20, 60)  # households and people of the two other groups


def main() -> None:
    app = create_app()
    with app.app_context():
        match sys.argv[1:]:
            case ["demo"]:
                load_demo()
            case ["small", households, people]:
                _load_small(int(households), int(people))
            case _:
                sys.exit(__doc__)
        with writing():
            clerks.add_clerk(CLERK, PASSWORD)
        print(json.dumps(_enrolled()))


def _load_small(households: int, people: int) -> None:
    with writing() as session:
        load(TREE.encode(), as_of=clock.today())
        for number, group in enumerate((GROUP_1, GROUP_2, GROUP_3)):
            phone = f"1540000000{number}"
            duties.add_member(name="王桂兰", phone=phone, duty="leader", grid_code=group)
        items = _items(households, people)
        while batch := list(islice(items, BATCH)):
            origin = ledger.Origin()
            said = ledger.submit_items(session, batch, origin=origin, grid_of=scope.grid_of)
            wrong = [outcome for outcome in said if outcome.status != "accepted"]
            if wrong:
                raise RuntimeError(f"not accepted: {wrong[:3]}")


def _items(households: int, people: int) -> Iterator[dict[str, Any]]:
    village = Village(clock.today())
    sizes = {GROUP_1: (households, people), GROUP_2: OTHERS, GROUP_3: OTHERS}
    made_at = clock.utc_now().isoformat(timespec="seconds")
    for number, (group, size) in enumerate(sizes.items(), 1):
        for one in village.households(group, number, *size):
            yield {
                "id": one.id,
                "kind": one.kind,
                "record": one.id,
                "base": None,
                "form": 1,
                "grid": group,
                "made_at": made_at,
                "fields": one.fields,
            }


def _enrolled() -> list[dict[str, Any]]:
    homes: dict[str, list[str]] = {}
    for one in records(db.session(), "household"):
        homes.setdefault(one["grid"], []).append(one["record"])
    leaders = {
        code: member
        for member, held in scope.tree().duties.items()
        for duty in held
        if duty.role == "leader" and (code := scope.code_of(duty.grid_id)) in homes
    }
    found: list[dict[str, Any]] = []
    with writing():
        for code, member in sorted(leaders.items()):
            phone = enrolment.join(enrolment.invite(member), device_token=None, browser="bench")
            if isinstance(phone, enrolment.Refusal):
                raise RuntimeError(phone)
            links = [] if found else [f"/join/{enrolment.invite(member)}" for _ in range(LINKS)]
            found.append({"grid": code, "token": phone.token, "homes": homes[code], "links": links})
    return found


main()
