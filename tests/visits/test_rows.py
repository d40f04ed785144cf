"""What the ledger settles is what the township counts, row by row."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from fieldapp import ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.isolation import IsolationCase
from fieldapp.township import figures
from fieldapp.visits import Returnee, Visit
from tests.township.town import POPLAR_1, WILLOW_1, WILLOW_2, Town

SUN_LI = {
    "name": "孙丽",
    "sex": "2",
    "age": 29,
    "id_kind": "cn_id",
    "id_no": "999999198012310036",
    "no_phone": False,
    "phone": "15400005678",
    "origin": "wuhan",
    "wuhan_link": "passed",
    "arrived_at": "2020-02-18",
    "transport": "rail",
    "contact_case": "no",
    "health_now": "normal",
    "measure": "home_isolation",
}


def _rows(town: Town, query: sa.Select) -> list:
    with town.app.app_context():
        return list(db.session().scalars(query))


def _register(town: Town, grid: str, **fields: object) -> str:
    change = town.change("returnee", grid, SUN_LI | {"stay_at": town.households[grid][0]} | fields)
    assert town.send(grid, change) == ["accepted"]
    return str(change["record"])


def test_a_visit_is_counted_when_it_was_made_and_not_when_it_arrived(town: Town):
    record = town.visit(WILLOW_1, town.households[WILLOW_1][0], made_at="2020-02-19T16:30:00+08:00")

    [visit] = _rows(town, sa.select(Visit).where(Visit.id == record))

    assert visit.occurred_ms == 1582101000000
    assert visit.received_ms == int(town.now.timestamp() * 1000)
    assert (visit.result, visit.asked_q1, visit.author) == (
        "normal", False, town.members[WILLOW_1],
    )  # fmt: skip


def test_a_late_entry_counts_on_the_day_that_was_written_down(town: Town):
    change = town.change(
        "visit",
        WILLOW_1,
        {
            "hh": town.households[WILLOW_1][0],
            "mode": "phone",
            "result": "nobody_home",
            "occurred_at": "2020-02-18T09:00:00+08:00",
        },
    )
    town.send(WILLOW_1, change)

    [visit] = _rows(town, sa.select(Visit).where(Visit.id == change["record"]))

    assert visit.occurred_ms == 1581987600000


def test_a_correction_changes_the_row_and_not_the_time_of_the_visit(town: Town):
    record = town.visit(WILLOW_1, town.households[WILLOW_1][0], "nobody_home")
    [before] = _rows(town, sa.select(Visit))
    later = town.change("visit", WILLOW_1, {"result": "refused"})
    later |= {"record": record, "base": before.version, "made_at": "2020-02-20T09:59:00+08:00"}

    assert town.send(WILLOW_1, later) == ["accepted"]

    [visit] = _rows(town, sa.select(Visit))
    assert (visit.result, visit.occurred_ms) == ("refused", before.occurred_ms)


def test_one_person_registered_by_two_members_is_one_person_with_both_records_kept(town: Town):
    first = _register(town, WILLOW_1)
    second = _register(town, POPLAR_1, phone="15400005679", wuhan_link="none")

    rows = {one.id: one.same_as for one in _rows(town, sa.select(Returnee))}

    assert rows == {first: None, second: first}
    assert len(_rows(town, Returnee.people())) == 1


def test_a_person_is_from_wuhan_if_any_of_the_records_says_so(town: Town):
    _register(town, WILLOW_1, wuhan_link="none")
    _register(town, POPLAR_1)
    _register(town, WILLOW_2, id_no="999999195001010018", name="周平", phone="15400005680",
              wuhan_link="none")  # fmt: skip

    with town.app.app_context():
        read = figures.read(db.session(), {}, {})

    assert (read.returnees, read.from_wuhan) == (2, 1)


def test_a_corrected_number_parts_two_people_again(town: Town):
    first = _register(town, WILLOW_1)
    second = _register(town, POPLAR_1, phone="15400005679")
    [row] = _rows(town, sa.select(Returnee).where(Returnee.id == second))
    other = town.change("returnee", POPLAR_1, {"id_no": "999999195001010018"})

    town.send(POPLAR_1, other | {"record": second, "base": row.version})

    rows = {one.id: one.same_as for one in _rows(town, sa.select(Returnee))}
    assert rows == {first: None, second: None}


def test_who_was_recorded_by_mistake_is_nobody(town: Town):
    first = _register(town, WILLOW_1)
    second = _register(town, POPLAR_1)
    mistake = town.change("returnee", WILLOW_1, {"voided": True}) | {"record": first, "base": 10**6}
    [row] = _rows(town, sa.select(Returnee).where(Returnee.id == first))

    town.send(WILLOW_1, mistake | {"base": row.version})

    assert [one.id for one in _rows(town, Returnee.people())] == [second]


def test_no_table_of_ours_holds_an_id_number(town: Town):
    _register(town, WILLOW_1)

    [row] = _rows(town, sa.select(Returnee))

    values = [str(getattr(row, column.name)) for column in Returnee.table().columns]
    assert not any("999999198012310036" in value or "孙丽" in value for value in values)


@pytest.mark.parametrize(
    ("counted_from", "due"), [("2020-02-20", 28), ("2020-02-17", 22), ("2020-01-20", 0)]
)
def test_an_isolation_has_its_end_and_its_checks_from_the_day_it_was_registered(
    town: Town, counted_from: str, due: int
):
    fields = {
        "person": str(uuid.uuid4()),
        "hh": town.households[WILLOW_1][0],
        "kind": "home_isolation",
        "reason": "wuhan",
        "count_from_kind": "arrived",
        "count_from": counted_from,
        "days": 14,
    }
    assert town.send(WILLOW_1, town.change("isolation_case", WILLOW_1, fields)) == ["accepted"]

    [case] = _rows(town, IsolationCase.present())

    assert (case.planned_end - case.count_from).days == 14
    assert (case.slots_due, case.state) == (due, "isolating")


def test_the_tables_can_be_written_anew_from_the_ledger(town: Town):
    _register(town, WILLOW_1)
    _register(town, POPLAR_1)
    town.visit(WILLOW_1, town.households[WILLOW_1][0])
    models = (Visit, Returnee, IsolationCase)

    def picture() -> list[list[tuple]]:
        with town.app.app_context():
            return [
                sorted(map(tuple, db.session().execute(sa.select(model.table()))), key=str)
                for model in models
            ]

    before = picture()
    with town.app.app_context(), writing() as session:
        ledger.rebuild(session)

    assert picture() == before
