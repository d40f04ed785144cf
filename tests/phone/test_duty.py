"""Whom a phone may call, what it may know of them, and by which rules it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.accounts.models import Device
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import duties, scope
from fieldapp.grids.load import load
from fieldapp.isolation.load import COLUMNS, load_rules
from fieldapp.phone.duty import people_around
from tests.phone.conftest import GRID, PHONES
from tests.township.town import TREE, WILLOW, WILLOW_1

HEARD = datetime(2020, 2, 20, 2, 0, tzinfo=UTC)
GRIDS = (
    "999999106000", "999999106201", "999999106201P01", "999999106201001", "999999106201002",
    "999999106202", "999999106202001", "999999106000Q01",
)  # fmt: skip
ROLES = ("chief_head", "head", "member", "leader", "doctor", "officer", "volunteer")


def _sync(phone: FlaskClient) -> str:
    envelope = {"protocol": 1, "device": "d", "cursor": None, "epoch": None, "changes": []}
    return phone.post("/sync", json=envelope).headers["Fieldapp-Duty"]


def test_a_leader_can_call_who_answers_for_the_grid_and_above(phone: FlaskClient):
    said = phone.get("/phone/duty").json

    assert [(one["role"], one["name"], one["phone"]) for one in said["people"]] == [
        ("head", "王强", PHONES["王强"])
    ]
    assert said["people"][0]["grid_name"] == "虎庄村"
    assert (said["people"][0]["last_contact_at"], said["people"][0]["pending"]) == (None, None)
    assert said["grids"] == [{"code": GRID, "name": "虎庄村第1网格"}]
    assert {one["kind"] for one in said["rules"]} >= {"home_isolation", "home_monitoring"}


def test_a_head_learns_when_the_leaders_below_were_heard_from(town: Flask, joins):
    joins("张丽")
    with town.app_context(), writing() as session:
        session.query(Device).update({"last_contact_at": HEARD, "pending": 4})
    head = joins("王强")

    [leader] = head.get("/phone/duty").json["people"]

    assert leader["below"] is True
    assert (leader["last_contact_at"], leader["pending"]) == ("2020-02-20T10:00:00+08:00", 4)


def test_the_tag_changes_with_duties_and_rules_and_with_nothing_else(town: Flask, phone):
    tag = _sync(phone)
    assert phone.get("/phone/duty").headers["Fieldapp-Duty"] == tag == _sync(phone)

    with town.app_context(), writing():
        doctor = {"name": "孙医生", "phone": "15400000009", "duty": "doctor"}
        duties.add_member(**doctor, grid_code="210882106200")
    with_doctor = _sync(phone)
    assert with_doctor != tag
    assert "孙医生" in [one["name"] for one in phone.get("/phone/duty").json["people"]]

    rule = "home_isolation,2026-12-01,,7,morning 06:00-12:00,60,120,37.5,38.5,35.5,5,"
    with town.app_context(), writing():
        load_rules(f"{','.join(COLUMNS)}\n{rule}".encode())
    assert _sync(phone) != with_doctor
    assert "37.5" in [one["alert"] for one in phone.get("/phone/duty").json["rules"]]


def test_what_a_phone_has_already_is_not_sent_again(phone: FlaskClient):
    etag = phone.get("/phone/duty").headers["ETag"]

    again = phone.get("/phone/duty", headers={"If-None-Match": etag})

    assert (again.status_code, again.data) == (304, b"")


@dataclass
class Staff:
    """Members of a town and what each serves: name → (role, grid)."""

    app: Flask
    ids: dict[str, int] = field(default_factory=dict)

    def put_on_duty(self, served: list[tuple[str, str]]) -> None:
        with self.app.app_context(), writing() as session:
            for number, (role, grid) in enumerate(served):
                phone = f"154001{number:05}"
                member = duties.add_member(name=f"人{'甲乙丙丁戊己庚辛'[number]}", phone=phone,
                                           duty=role, grid_code=grid)  # fmt: skip
                self.ids[phone] = member.id
                session.add(Device(member_id=member.id, token_hash=phone, created_at=HEARD,
                                   expires_at=HEARD, last_contact_at=HEARD, pending=1))  # fmt: skip

    def clear(self) -> None:
        with self.app.app_context(), writing() as session:
            session.query(Device).delete()
            for member in self.ids.values():
                duties.end_duties(member)
        self.ids.clear()


@pytest.fixture
def staff(app: Flask) -> Staff:
    with app.app_context(), writing():
        load(TREE, as_of=date(2020, 1, 1))
    return Staff(app)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    served=st.lists(
        st.tuples(st.sampled_from(ROLES), st.sampled_from(GRIDS)), min_size=1, max_size=8
    )
)
def test_nobody_learns_more_than_their_duties_need(staff: Staff, served):
    staff.put_on_duty(served)
    with staff.app.app_context():
        for me in staff.ids.values():
            mine = scope.served_grids(me)
            tops = [duty.grid_id for duty in scope.duties_of(me)]
            above = {unit.id for top in tops for unit in scope.path(top)}
            oversees = any(scope.unit(top).kind in ("town", "village", "enterprise")
                           for top in tops)  # fmt: skip
            for person in people_around(me):
                grid = scope.grid_of(person["grid"])
                assert staff.ids[person["phone"]] != me
                assert grid in mine | above
                assert person["role"] != "volunteer"
                assert person["below"] == (grid in mine and grid not in tops)
                knows = person["last_contact_at"] is not None or person["pending"] is not None
                assert knows == (person["below"] and oversees)
    staff.clear()


def test_a_duty_that_ended_gives_no_number_away(staff: Staff):
    staff.put_on_duty([("leader", WILLOW_1), ("head", WILLOW)])
    leader, head = staff.ids.values()
    with staff.app.app_context(), writing():
        duties.end_duties(head)

    with staff.app.app_context():
        assert people_around(leader) == []
        assert db.session().query(Device).count() == 2
