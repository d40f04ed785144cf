"""The demo town has exactly the published figures, and nobody in it is a real person."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.checkpoints import CheckpointPost
from fieldapp.clock import today
from fieldapp.database import writing
from fieldapp.demo import load_demo
from fieldapp.extensions import db
from fieldapp.grids import Refused, scope
from fieldapp.grids.load import load
from fieldapp.grids.models import Duty, Member
from fieldapp.households import Household, Person
from fieldapp.isolation import HealthCheck, IsolationCase
from fieldapp.ledger.models import ChangeRow, RecordRow
from fieldapp.township.isolation import all_standings
from tests.conftest import MakeApp

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo town, loaded once for all that only look at it."""
    from fieldapp.app import create_app

    folder = tmp_path_factory.mktemp("demo")
    app = create_app(
        {
            "TESTING": True,
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/demo.sqlite",
        }
    )
    with app.app_context():
        load_demo()
        yield app
        db.session.remove()
        db.engine.dispose()


def count(model: Any, *where: Any) -> int:
    return db.session().scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0


def test_it_has_1_town_13_villages_30_areas_and_107_basic_grids(town: Flask) -> None:
    units = scope.tree().units.values()

    assert Counter(unit.level for unit in units) == {1: 1, 2: 13, 3: 30, 4: 107}
    kinds = Counter(unit.kind for unit in units if unit.level == 4)
    assert kinds == {"villager_group": 93, "school": 2, "enterprise": 12}
    parents = {
        scope.unit(u.parent_id or 0).kind for u in units if u.kind in ("school", "enterprise")
    }
    assert parents == {"town"}


def test_the_villages_have_their_official_codes_and_names(town: Flask) -> None:
    first = scope.unit(scope.grid_of("210882106200") or 0)

    assert (first.name, first.official_name) == ("虎庄村", "虎庄村委会")
    villages = [unit for unit in scope.tree().units.values() if unit.kind == "village"]
    assert all((unit.official_name or "").endswith("村委会") for unit in villages)


def test_164_people_are_on_duty_and_each_village_has_a_doctor(town: Flask) -> None:
    roles = Counter(db.session().scalars(sa.select(Duty.role)))

    assert roles == {"chief_head": 2, "head": 13, "member": 42, "leader": 107, "doctor": 13}
    assert sum(roles.values()) - roles["doctor"] == 164
    assert count(Member) == 164 + 13


def test_about_32000_people_live_in_groups_of_80_to_120_households(town: Flask) -> None:
    sizes = db.session().execute(
        sa.select(sa.func.count()).select_from(Household).group_by(Household.grid_id)
    )
    numbers = [row[0] for row in sizes]

    assert len(numbers) == 93
    assert 80 <= min(numbers) <= max(numbers) <= 120
    assert 31_500 <= count(Person) <= 32_500


def test_the_first_grid_is_the_worst_case_of_120_households_and_380_people(town: Flask) -> None:
    first = scope.grid_of("210882106200001")

    assert count(Household, Household.grid_id == first) == 120
    assert count(Person, Person.grid_id == first) == 380


def test_it_has_19_checkpoints(town: Flask) -> None:
    assert count(CheckpointPost) == 19


def test_everything_went_through_the_ledger(town: Flask) -> None:
    rows = sum(count(model) for model in (Household, Person, IsolationCase, HealthCheck))
    assert count(ChangeRow) == count(RecordRow) == rows


def test_a_household_has_the_people_its_file_says(town: Flask) -> None:
    people = sa.select(sa.func.count()).where(Person.hh == Household.id).scalar_subquery()
    wrong = sa.select(Household.hh_no).where(
        Household.resident_n + Household.away_n != sa.func.coalesce(people, 0)
    )

    assert db.session().scalars(wrong).all() == []


def test_every_house_of_a_grid_has_its_own_place_on_the_round(town: Flask) -> None:
    first = scope.grid_of("210882106200001")
    walk = db.session().scalars(sa.select(Household.walk_no).where(Household.grid_id == first))

    assert sorted(walk) == list(range(1, 121))


def test_telephone_numbers_are_of_a_range_that_nobody_has(town: Flask) -> None:
    phones = re.findall(r'phone":"(\d+)"', " ".join(_fields()))

    assert phones
    assert all(phone.startswith("154") and len(phone) == 11 for phone in phones)
    assert all(phone.startswith("154") for phone in db.session().scalars(sa.select(Member.phone)))


def test_id_numbers_are_of_an_area_that_does_not_exist_and_kept_out_of_sight(town: Flask) -> None:
    with_id = [json.loads(text)["id_no"] for text in _fields() if '"id_no"' in text]

    assert 20 < len(with_id) < 1000
    assert all(re.fullmatch(r"999999\*{8}[0-9]{3}[0-9X]", number) for number in with_id)


def test_the_first_grid_has_one_of_everything_that_is_to_be_done_about_isolation(
    town: Flask,
) -> None:
    first = scope.grid_of("210882106200001")
    found = [one for one in all_standings(db.session()) if one.case.grid_id == first]

    assert len(found) == 6
    assert sum(one.alert is not None for one in found) == 1
    assert sum(one.is_over for one in found) == 1
    assert sum(one.case.state == "waiting" for one in found) == 1
    assert all(one.name and one.door for one in found)
    assert len({one.case.hh for one in found}) == 5
    assert sum(bool(one.slots) for one in found) == 4


def test_people_are_in_isolation_in_other_grids_too(town: Flask) -> None:
    grids = {one.case.grid_id for one in all_standings(db.session())}
    assert len(grids) > 5


def test_loading_it_again_changes_nothing(town: Flask) -> None:
    before = (scope.tree().token, count(ChangeRow), count(Member))

    assert load_demo() is None

    assert (scope.tree().token, count(ChangeRow), count(Member)) == before


def test_every_page_says_that_the_people_are_invented(town: Flask) -> None:
    page = town.test_client().get("/accounts/login?lang=en").text

    assert "all people are invented" in page


def test_how_to_get_in_is_printed_and_works(town: Flask) -> None:
    result = town.test_cli_runner().invoke(args=["demo-login"])

    link = re.search(r"http://[^ ]*(/join/[\w-]+)", result.output)
    password = re.search(r"name: demo  password: (\S+)", result.output)
    assert link
    assert password
    assert town.test_client().post(link[1]).status_code == 303
    form = {"name": "demo", "password": password[1]}
    assert town.test_client().post("/accounts/login", data=form).status_code == 303


def test_a_leaders_first_load_is_one_answer_of_at_most_25_kb(town: Flask) -> None:
    phone = _joined(town, "15400040001")

    answer = phone.post("/sync", json=_empty_sync(), headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= 25_000


def test_the_same_town_is_made_up_on_every_machine_and_in_at_most_fifteen_seconds(
    make_app: MakeApp, sqlite_url: str, town: Flask
) -> None:
    here = _heads()
    begun = time.process_time()  # other programs may be busy here, and are not what is measured
    other = make_app(sqlite_url)
    with other.app_context():
        load_demo()
        there = _heads()

    assert there == here
    assert time.process_time() - begun <= 15


def test_invented_people_are_never_put_among_real_ones(app: Flask) -> None:
    with app.app_context():
        with writing():
            load(b"code,name,township,county\n210881118200,a,b,c\n", as_of=today())

        with pytest.raises(Refused):
            load_demo()

        assert not scope.is_demo()
        assert count(Member) == 0


def _heads() -> set[tuple[str, str]]:
    rows = db.session().execute(sa.select(Household.id, Household.head_name))
    return {(row.id, row.head_name) for row in rows}


def _fields() -> list[str]:
    return list(db.session().scalars(sa.select(RecordRow.fields)))


def _joined(app: Flask, phone_number: str) -> FlaskClient:
    link = app.test_cli_runner().invoke(args=["invite", phone_number]).output.strip()
    phone = app.test_client()
    phone.post(link[link.index("/join/") :])
    return phone


def _empty_sync() -> dict[str, object]:
    return {
        "protocol": 1,
        "device": "0b3f6f3e-8a55-4a55-9a55-000000000001",
        "sent_at": "2026-11-23T08:00:00.000+08:00",
        "cursor": None,
        "epoch": None,
        "pending": 0,
        "changes": [],
    }
