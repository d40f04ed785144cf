"""People on boards: their words, their consent, their picture, and those without a login."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from tests.boards.conftest import card
from tests.boards.test_photos import picture
from tests.township.town import POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Office, Town

BOARDS = "/township/boards"
MEDIATOR = {"name": "于德海", "role": "mediator", "phone": "13900000000", "private": "yes"}


def add(office: Office, **fields: str) -> str:
    """Somebody without a login at 柳树村; the address of their page."""
    answer = office.post(f"{BOARDS}/grids/{WILLOW}/contacts/", **MEDIATOR | fields)
    assert answer.status_code == 303, answer.text
    return answer.location


def phones(town: Town, code: str) -> set[str]:
    return {one.phone for one in card(town, code).people_on}


def test_consent_is_recorded_and_withdrawn_and_holds_on_all_boards_at_once(
    office: Office, town: Town
):
    person = f"{BOARDS}/members/{town.members[WILLOW_1]}"
    assert "No: 15400000001 is not shown." in office.reads(person)
    answer = office.post(f"{person}/consent")
    assert answer.status_code == 422
    assert "Please say how they agreed." in answer.text
    office.post(f"{person}/consent", how="paper")
    said = office.reads(person)
    assert "The number is published from now on. It holds on 1 board." in said
    assert re.search(r"15400000001: agreed on .* recorded by 办公室 · In writing", said)
    assert "15400000001" in phones(town, WILLOW_1)

    office.post(f"{person}/consent/withdrawal")
    said = office.reads(person)
    assert "From now on the office&#39;s number stands in its place." in said
    assert re.search(r"withdrawn on .* recorded by 办公室", said)
    assert "15400000001" not in phones(town, WILLOW_1)


def test_a_consent_is_for_the_number_that_was_on_the_screen(office: Office):
    person = add(office)
    form = office.form(person, f"{person}/consent")
    office.post(person, **MEDIATOR | {"phone": "13911111111"})
    answer = office.post(f"{person}/consent", how="paper", **form)
    assert answer.status_code == 422
    assert "13911111111" in answer.text


def test_somebody_without_a_login_comes_changes_and_goes(office: Office, town: Town):
    person = add(office, duty="调解纠纷")
    assert "于德海 is on 4 boards from now on." in office.reads(person)
    assert card(town, WILLOW_2).people_on[-1].duty == "调解纠纷"
    assert "13900000000" not in phones(town, WILLOW_2)
    office.post(f"{person}/consent", how="in_person")
    assert "13900000000" in phones(town, WILLOW_2)
    assert "13900000000" not in phones(town, POPLAR_1)

    office.post(person, name="于德海", own_word="老村长", phone="0417-0001003")
    shown = card(town, WILLOW_2).people_on[-1]
    assert (shown.role, shown.phone) == ("老村长", "0417-0001003")
    assert "published without anybody" in office.reads(person)

    answer = office.post(f"{person}/end")
    assert answer.location.endswith(f"/grids/{WILLOW}")
    assert "于德海" not in {one.name for one in card(town, WILLOW_2).people_on}
    assert office.get(person).status_code == 404
    assert office.post(f"{person}/end").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("name", "", "Please write the name."),
        ("name", "长" * 51, "is too long"),
        ("phone", "twelve", "is not a telephone number"),
        ("role", "", "Please choose what they do"),
        ("own_word", "长" * 21, "is too long"),
        ("hours", "长" * 61, "is too long"),
        ("duty", "长" * 201, "is too long"),
    ],
)
def test_each_wrong_field_is_told_beside_it_and_the_rest_is_kept(
    office: Office, town: Town, field: str, typed: str, why: str
):
    given = MEDIATOR | {"duty": "调解", "hours": "上午"} | {field: typed}
    person = add(office)
    for address in (f"{BOARDS}/grids/{WILLOW}/contacts/", person):
        answer = office.post(address, **given)
        assert answer.status_code == 422
        at = "own_word" if field == "role" else field
        [error] = re.findall(rf'id="error-{at}">([^<]+)<', answer.text)
        assert why in error
        assert all(text in answer.text for text in given.values() if text)
    assert len(card(town, WILLOW_2).people_on) == 2


def test_a_members_words_hours_and_deputy(office: Office, town: Town):
    person = f"{BOARDS}/members/{town.members[WILLOW_1]}"
    form = office.form(person, person)
    office.post(person, duty="走访老人", hours="上午", deputy="yes", **form)
    shown = card(town, WILLOW_1).people_on[0]
    assert (shown.duty, shown.hours, shown.deputy) == ("走访老人", "上午", True)
    answer = office.post(person, duty="别的", **form | {"request_id": "another"})
    assert answer.status_code == 422
    assert "走访老人 · 上午" in answer.text
    assert office.get(f"{BOARDS}/members/99999").status_code == 404


def test_a_photo_comes_and_goes_and_what_is_none_is_said_to_be_none(office: Office, town: Town):
    person = f"{BOARDS}/members/{town.members[WILLOW_1]}"
    for raw in (b"", b"<svg onload=alert(1)>"):
        answer = office.post(f"{person}/photo", picture=(BytesIO(raw), "x.jpg"))
        assert answer.status_code == 422
        assert re.search(r'id="error-picture">[^<]+<', answer.text)
    office.post(f"{person}/photo", picture=(BytesIO(picture(300, 400)), "x.jpg"))
    digest = card(town, WILLOW_1).people_on[0].photo
    assert digest
    assert digest in office.get(person).text
    office.post(f"{person}/photo", do="remove")
    assert card(town, WILLOW_1).people_on[0].photo is None


def test_a_picture_stands_instead_of_the_drawing(office: Office, town: Town):
    at = f"{BOARDS}/grids/{WILLOW_1}/sketch"
    assert "<svg" in office.get(at).text
    assert office.post(at).status_code == 422
    form = office.form(at, at)
    office.post(at, picture=(BytesIO(picture(300, 200)), "x.png"), **form)
    digest = card(town, WILLOW_1).sketch or ""
    assert digest in office.get(at).text
    stale = office.post(at, do="back", **form | {"request_id": "another"})
    assert stale.status_code == 422
    office.post(at, do="back")
    assert (card(town, WILLOW_1).sketch or "").startswith("<svg")
