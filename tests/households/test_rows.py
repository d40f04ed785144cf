"""What was said about a household becomes one row that the township can count and search."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp import clock, ledger
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.load import load
from fieldapp.households import Household, Person
from sync import Outcome
from tests.grids.files import grid_csv

GROUP, NEXT_GROUP = "210882106200001", "210882106200002"
HOUSEHOLD = "6b1f2c1e-0000-4000-8000-000000000001"
PERSON = "6b1f2c1e-0000-4000-8000-000000000002"
HOUSEHOLD_FIELDS: dict[str, object] = {
    "hh_no": f"{GROUP}017",
    "address_text": "1组17号",
    "head_name": "王德发",
    "walk_no": 9,
    "no_phone": True,
    "occupied": "resident",
    "resident_n": 2,
    "away_n": 1,
}


@pytest.fixture
def town(any_database_app: Flask) -> Flask:
    with any_database_app.app_context(), writing():
        load(
            grid_csv(
                "210882106000,,1,town,管理网格,虎庄镇,",
                f"{GROUP},210882106000,4,villager_group,基础网格,虎庄村第1网格,",
                f"{NEXT_GROUP},210882106000,4,villager_group,基础网格,虎庄村第2网格,",
            ),
            as_of=date(2020, 1, 1),
        )
    return any_database_app


def say(
    kind: str, record: str, grid: str = GROUP, base: int | None = None, **fields: object
) -> Outcome:
    """The township says this about a record."""
    item = {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "record": record,
        "base": base,
        "form": 1,
        "grid": grid,
        "made_at": clock.utc_now().isoformat(),
        "fields": fields,
    }
    with writing() as session:
        (outcome,) = ledger.submit_items(
            session, [item], origin=ledger.Origin(clerk=1), grid_of=scope.grid_of
        )
    return outcome


def test_a_household_is_one_row_with_what_pages_list(town: Flask) -> None:
    with town.app_context():
        assert say("household", HOUSEHOLD, **HOUSEHOLD_FIELDS).status == "accepted"

        row = db.session().scalars(sa.select(Household)).one()
        assert (row.id, row.grid_id) == (HOUSEHOLD, scope.grid_of(GROUP))
        assert (row.address_text, row.head_name, row.walk_no) == ("1组17号", "王德发", 9)
        assert (row.occupied, row.resident_n, row.away_n) == ("resident", 2, 1)
        assert not row.voided


def test_a_correction_changes_its_row_and_leaves_the_rest(town: Flask) -> None:
    with town.app_context():
        say("household", HOUSEHOLD, **HOUSEHOLD_FIELDS)
        first = db.session().scalars(sa.select(Household.version)).one()

        say("household", HOUSEHOLD, base=first, nickname="王木匠", resident_n=3)

        row = db.session().scalars(sa.select(Household)).one()
        assert (row.nickname, row.resident_n, row.head_name) == ("王木匠", 3, "王德发")
        assert row.version > first


def test_a_person_is_a_row_that_names_neither_telephone_nor_id_number(town: Flask) -> None:
    with town.app_context():
        said = say(
            "person",
            PERSON,
            hh=HOUSEHOLD,
            name="王小明",
            sex="1",
            birth_year=2010,
            relation="grandchild",
            phone="15410010001",
            id_no="999999201506010046",
        )

        assert said.status == "accepted"
        columns = set(Person.table().c.keys())
        assert columns.isdisjoint({"phone", "id_no"})


def test_whoever_was_entered_by_mistake_stays_marked_as_such(town: Flask) -> None:
    with town.app_context():
        say("person", PERSON, hh=HOUSEHOLD, name="王小明", sex="1", birth_year=2010)
        version = db.session().scalars(sa.select(Person.version)).one()

        say("person", PERSON, base=version, voided=True)

        row = db.session().scalars(sa.select(Person)).one()
        assert row.voided
        assert row.name == "王小明"


def test_a_household_that_moves_to_another_grid_has_one_row_there(town: Flask) -> None:
    with town.app_context():
        say("household", HOUSEHOLD, **HOUSEHOLD_FIELDS)
        version = db.session().scalars(sa.select(Household.version)).one()

        say("household", HOUSEHOLD, grid=NEXT_GROUP, base=version, walk_no=1)

        row = db.session().scalars(sa.select(Household)).one()
        assert row.grid_id == scope.grid_of(NEXT_GROUP)


def test_rows_written_anew_from_the_ledger_are_the_same_rows(town: Flask) -> None:
    with town.app_context():
        say("household", HOUSEHOLD, **HOUSEHOLD_FIELDS)
        say("person", PERSON, hh=HOUSEHOLD, name="王小明", sex="1", birth_year=2010)
        before = _all_rows()

        with writing() as session:
            ledger.rebuild(session)

        assert _all_rows() == before


def _all_rows() -> list[tuple[object, ...]]:
    session = db.session()
    tables = (Household.table(), Person.table())
    return [tuple(row) for table in tables for row in session.execute(sa.select(table))]
