"""People on duty: who joins, with which phone, who leaves, and who takes over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from fieldapp.accounts.models import Device, Enrolment
from fieldapp.extensions import db
from fieldapp.grids import scope
from fieldapp.grids.models import Member
from tests.township.town import POPLAR, POPLAR_1, QUIET, WILLOW_1, WILLOW_2, Office, Town


def _member(town: Town, phone: str) -> int | None:
    with town.app.app_context():
        return db.session().scalar(sa.select(Member.id).where(Member.phone == phone))


def _serves(town: Town, member: int | None, grid: str) -> bool:
    with town.app.app_context():
        return member is not None and scope.grid_of(grid) in scope.served_grids(member)


def _duty(office: Office, member: int) -> str:
    page = office.get(f"/township/people/{member}").text
    found = re.search(r"/duties/(\d+)/end", page)
    assert found
    return found[1]


def test_everybody_is_listed_with_duty_telephone_and_what_the_phone_said(
    town: Town, office: Office
):
    town.phone(WILLOW_1, pending=3, last_contact_at=town.now - timedelta(minutes=5))
    town.phone(WILLOW_2, last_contact_at=town.now - timedelta(days=1), lost=2)

    page = office.reads("/township/people/")

    row = "王桂兰 Grid team leader 柳树村第1网格 15400000001 02-20 09:55 3 0"
    assert row in page
    assert (
        "李有福 Grid team leader 柳树村第2网格 15400000002 not heard from since 02-19 10:00" in page
    )


def test_the_list_can_be_narrowed_to_a_village(office: Office):
    page = office.reads(f"/township/people/?grid={POPLAR}")

    assert "赵秀英" in page
    assert "王桂兰" not in page


def test_nobody_is_ranked_the_order_does_not_depend_on_what_anybody_did(town: Town, office: Office):
    def order() -> list[str]:
        return re.findall("王桂兰|李有福|赵秀英", office.reads("/township/people/"))

    before = order()
    for household in town.households[WILLOW_2]:
        town.visit(WILLOW_2, household)

    assert order() == before
    assert len(before) == 3


def test_a_new_person_is_put_on_duty_and_can_be_let_in(town: Town, office: Office):
    form = {"name": "钱小花", "phone": "154 0000 0009", "role": "leader", "grid": WILLOW_2}

    answer = office.post("/township/people/", **form)

    member = _member(town, "15400000009")
    assert answer.status_code == 303
    assert answer.location == f"/township/people/{member}"
    assert _serves(town, member, WILLOW_2)
    assert "No phone has joined yet." in office.reads(answer.location)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "12"}, "is not a telephone number"),
        ({"name": ""}, "cannot be a name"),
        ({"grid": "nowhere"}, "There is no grid with the code nowhere."),
        ({"role": "king"}, "is not a duty"),
        ({"phone": "15400000001"}, "15400000001 is already the number of 王桂兰."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    office: Office, wrong: dict[str, str], sentence: str
):
    form = {"name": "钱小花", "phone": "15400000009", "role": "leader", "grid": WILLOW_2} | wrong

    answer = office.post("/township/people/", **form)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{form["phone"]}"' in answer.text


def test_the_form_sent_twice_makes_one_person(town: Town, office: Office):
    hidden = office.form("/township/people/new", "/township/people/")
    form = {"name": "钱小花", "phone": "15400000009", "role": "leader", "grid": WILLOW_2} | hidden

    places = {office.post("/township/people/", **form).location for _ in range(3)}

    assert places == {f"/township/people/{_member(town, '15400000009')}"}


def test_a_link_is_shown_once_as_a_picture_and_as_an_address(town: Town, office: Office):
    member = town.members[WILLOW_1]

    answer = office.post(f"/township/people/{member}/invitations")
    shown = office.get(answer.location).text

    link = re.search(r"http://[^<\s]+/join/[\w-]+", shown)
    assert link
    assert "<svg" in shown
    assert "<path" in shown
    office.get("/township/people/")
    assert office.get(answer.location).status_code == 303  # gone from this browser
    phone = town.app.test_client()
    path = "/join/" + link[0].rpartition("/")[2]
    assert phone.get(path).status_code == 200
    assert phone.post(path).status_code == 303


def test_the_link_form_sent_twice_leaves_one_link(town: Town, office: Office):
    member = town.members[WILLOW_1]
    path = f"/township/people/{member}/invitations"
    hidden = office.form(f"/township/people/{member}", path)

    for _ in range(3):
        shown = office.get(office.post(path, **hidden).location)

    assert "/join/" in shown.text
    with town.app.app_context():
        assert db.session().scalar(sa.select(sa.func.count()).select_from(Enrolment)) == 1


def test_a_lost_phone_is_shut_out(town: Town, office: Office):
    member, device = town.members[WILLOW_1], town.devices[WILLOW_1]

    answer = office.post(f"/township/people/{member}/devices/{device}/revoke")

    assert answer.status_code == 303
    with town.app.app_context():
        assert db.session().get_one(Device, device).revoked_at == town.now
    assert "shut out" in office.reads(f"/township/people/{member}")


def test_only_a_persons_own_phone_can_be_shut_out_on_their_page(town: Town, office: Office):
    member, device = town.members[WILLOW_1], town.devices[WILLOW_2]

    path = f"/township/people/{member}/devices/{device}/revoke"

    assert office.post(path).status_code == 404


def test_a_grid_is_handed_over_and_late_records_of_the_old_phone_are_held(
    town: Town, office: Office
):
    old, door = town.members[WILLOW_1], town.households[WILLOW_1][0]
    path = f"/township/people/{old}/duties/{_duty(office, old)}/successor"

    answer = office.post(path, name="钱小花", phone="15400000009")

    new = _member(town, "15400000009")
    assert answer.location == f"/township/people/{new}"
    assert _serves(town, new, WILLOW_1)
    assert not _serves(town, old, WILLOW_1)
    late = town.change("visit", WILLOW_1, QUIET | {"hh": door})
    assert town.send(WILLOW_1, late) == ["held"]


def test_nobody_succeeds_themselves(town: Town, office: Office):
    old = town.members[WILLOW_1]
    path = f"/township/people/{old}/duties/{_duty(office, old)}/successor"

    answer = office.post(path, name="王桂兰", phone="15400000001")

    assert answer.status_code == 422
    assert _serves(town, old, WILLOW_1)


def test_a_duty_ends_and_another_one_begins(town: Town, office: Office):
    member = town.members[WILLOW_1]

    office.post(f"/township/people/{member}/duties/{_duty(office, member)}/end")
    assert not _serves(town, member, WILLOW_1)
    assert "No duty at present." in office.reads(f"/township/people/{member}")

    office.post(f"/township/people/{member}/duties", role="leader", grid=POPLAR_1)
    assert _serves(town, member, POPLAR_1)


def test_there_is_no_such_person(office: Office):
    for path in ("", "/invitation"):
        assert office.get(f"/township/people/9999{path}").status_code == 404
    for path in ("/invitations", "/duties", "/duties/1/end", "/devices/1/revoke"):
        assert office.post(f"/township/people/9999{path}").status_code == 404, path
