"""A clerk changes what boards say: at the town, at a village, at one grid; and sees it first."""

from __future__ import annotations

import html
import re

import pytest

from fieldapp.database import writing
from fieldapp.grids import duties
from tests.boards.conftest import card
from tests.township.town import POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Office, Town, words

TOWN = "999999106000"
BOARDS = "/township/boards"


def text_at(code: str, key: str) -> str:
    return f"{BOARDS}/grids/{code}/texts/{key}"


def list_at(code: str, sort: str) -> str:
    return f"{BOARDS}/grids/{code}/lists/{sort}"


def test_a_board_says_of_each_thing_where_it_comes_from(office: Office):
    office.post(text_at(TOWN, "supervision"), text="0417-0006000")
    office.post(text_at(WILLOW, "hours"), text="8:00–17:00")
    office.post(text_at(WILLOW_1, "scope"), text="东起小桥")
    said = office.reads(f"{BOARDS}/grids/{WILLOW_1}")
    assert "Supervision telephone 0417-0006000 from 柳河镇" in said
    assert "Office hours 8:00–17:00 from 柳树村" in said
    assert "Area in words 东起小桥 own wording" in said
    assert "Households 10 made from the tree and the register" in said
    assert "政策咨询 usual, nobody has written anything" in said
    assert "Grid team leader · What the duty is 入户走访，登记摸排，宣传政策，代办代购" in said


@pytest.mark.parametrize(
    ("code", "key", "count"),
    [(TOWN, "hours", 8), (WILLOW, "hours", 4), (WILLOW_1, "hours", 1), (WILLOW, "scope", 1)],
)
def test_how_many_boards_change_is_said_before_and_after(
    office: Office, code: str, key: str, count: int
):
    boards = "board" if count == 1 else "boards"
    assert f"Saving this changes {count} {boards}." in office.reads(text_at(code, key))
    office.post(text_at(code, key), text="上午")
    said = "says so" if count == 1 else "say so"
    assert f"Saved. {count} {boards} {said} from now on." in office.reads(f"{BOARDS}/grids/{code}")


def test_a_grid_with_its_own_wording_is_not_counted(office: Office, town: Town):
    office.post(text_at(WILLOW_1, "hours"), text="上午")
    assert "changes 3 boards" in office.reads(text_at(WILLOW, "hours"))
    office.post(text_at(WILLOW, "hours"), text="下午")
    assert "changes 4 boards" in office.reads(text_at(TOWN, "hours"))
    assert town


def test_own_words_and_back_to_the_inherited_ones(office: Office, town: Town):
    office.post(text_at(WILLOW, "supervision"), text="0417-0002001")
    office.post(text_at(WILLOW_1, "supervision"), text="0417-0003001")
    assert card(town, WILLOW_1).supervision == "0417-0003001"
    page = office.reads(text_at(WILLOW_1, "supervision"))
    assert "If this stays empty, the board says: 0417-0002001" in page
    answer = office.post(text_at(WILLOW_1, "supervision"), do="back", text="0417-0009999")
    assert answer.status_code == 303
    assert card(town, WILLOW_1).supervision == "0417-0002001"
    assert "Back to the inherited one" not in office.reads(text_at(WILLOW_1, "supervision"))


@pytest.mark.parametrize("key", ["role_duty:leader", "role_hours:leader"])
def test_what_a_role_does_is_said_for_all_who_have_it(office: Office, town: Town, key: str):
    office.post(text_at(TOWN, key), text="每天巡查")
    assert "每天巡查" in card(town, WILLOW_1).people_on[0]


@pytest.mark.parametrize("key", ["rumours", "role_duty", "role_duty:pirate", "hours:leader"])
def test_what_a_board_does_not_have_is_not_found(office: Office, key: str):
    assert office.get(text_at(WILLOW_1, key)).status_code == 404
    assert office.post(text_at(WILLOW_1, key), text="x").status_code == 404
    assert office.get(text_at("nowhere", "hours")).status_code == 404
    assert office.get(list_at(WILLOW_1, "rumours")).status_code == 404


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("supervision", "call me", "is not a telephone number"),
        ("households", "many", "is not a number"),
        ("scope", "长" * 201, "is too long"),
        ("scope", "a\u202eb", "cannot be seen"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(
    office: Office, town: Town, key: str, typed: str, why: str
):
    before = card(town, WILLOW_1)
    answer = office.post(text_at(WILLOW_1, key), text=typed)
    assert answer.status_code == 422
    [error] = re.findall(r'id="error-text">([^<]+)<', answer.text)
    assert why in error
    assert typed in html.unescape(answer.text)
    assert card(town, WILLOW_1) == before


def test_a_list_of_a_village_and_its_wrong_rows(office: Office, town: Town):
    typed = {"title-0": "低保申请", "place-0": "村部", "phone-0": "nothing", "title-1": "",
             "place-1": "", "phone-2": "110", "title-2": ""}  # fmt: skip
    answer = office.post(list_at(WILLOW, "service"), **typed)
    assert answer.status_code == 422
    assert "is not a telephone number" in answer.text.partition('id="error-phone-0">')[2][:90]
    assert "what this line is about" in answer.text.partition('id="error-title-2">')[2][:60]
    assert 'value="村部"' in answer.text
    office.post(list_at(WILLOW, "service"), **typed | {"phone-0": "0417-0001234", "phone-2": ""})
    assert card(town, WILLOW_1).services[0] == ("低保申请", "村部", "", "0417-0001234")
    assert "from 柳树村" in office.reads(f"{BOARDS}/grids/{WILLOW_1}")


def test_duties_begin_with_those_that_hold_and_hotlines_can_be_taken_off(
    office: Office, town: Town
):
    assert "能办的当天办" in office.get(list_at(WILLOW_1, "duty")).text
    assert "110" not in office.get(list_at(WILLOW, "hotline")).text.partition('class="form')[2]
    office.post(list_at(WILLOW, "hotline"), **{"title-0": "报警", "phone-0": ""})
    assert "110" not in {one.phone for one in card(town, WILLOW_1).hotlines}
    assert "taken off the board" in office.reads(f"{BOARDS}/grids/{WILLOW}")
    office.post(list_at(WILLOW, "hotline"), do="back")
    assert "110" in {one.phone for one in card(town, WILLOW_1).hotlines}


def test_a_preview_shows_the_change_and_saves_nothing_until_it_is_saved(office: Office, town: Town):
    seen = office.form(text_at(WILLOW_1, "scope"), text_at(WILLOW_1, "scope"))
    shown = office.post(text_at(WILLOW_1, "scope"), do="preview", text="东起小桥", **seen)
    assert "Not saved yet." in shown.text
    assert "东起小桥" in words(shown.text)
    assert "东起小桥" not in card(town, WILLOW_1).scope
    public = town.app.test_client().get(f"/b/{card(town, WILLOW_1).code}").text
    assert "东起小桥" not in public
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
    again = office.post(text_at(WILLOW_1, "scope"), do="edit", **kept)
    assert (again.status_code, "东起小桥" in again.text) == (200, True)
    assert office.post(text_at(WILLOW_1, "scope"), do="save", **kept).status_code == 303
    assert card(town, WILLOW_1).scope == "东起小桥"
    wrong = office.post(text_at(WILLOW_1, "supervision"), do="preview", text="x")
    assert wrong.status_code == 422


def test_what_residents_see_has_a_word_above_it(office: Office):
    said = office.reads(f"{BOARDS}/grids/{WILLOW_1}/preview")
    assert "This is what residents see" in said
    assert "王桂兰" in said


def test_the_second_of_two_clerks_is_told_and_overwrites_nothing(office: Office, town: Town):
    other = Office(town)
    first = office.form(text_at(WILLOW, "hours"), text_at(WILLOW, "hours"))
    second = other.form(text_at(WILLOW, "hours"), text_at(WILLOW, "hours"))
    office.post(text_at(WILLOW, "hours"), text="上午", **first)
    answer = other.post(text_at(WILLOW, "hours"), text="下午", **second)
    assert answer.status_code == 422
    assert "Somebody changed this while you had it open. It says now: “上午”" in answer.text
    assert "下午" in answer.text
    assert "上午" in office.reads(f"{BOARDS}/grids/{WILLOW}")
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert other.post(text_at(WILLOW, "hours"), text="下午", **kept).status_code == 303
    lines = list_at(WILLOW, "duty")
    first, second = office.form(lines, lines), other.form(lines, lines)
    office.post(lines, **first, **{"title-0": "走访"})
    assert other.post(lines, **second, **{"title-0": "巡查"}).status_code == 422
    assert card(town, WILLOW_2).duties == ("走访",)


def test_a_form_that_the_browser_sends_twice_counts_once(office: Office, town: Town):
    form = office.form(text_at(WILLOW, "hours"), text_at(WILLOW, "hours"))
    for _ in range(2):
        assert office.post(text_at(WILLOW, "hours"), text="上午", **form).status_code == 303
    assert office.reads(f"{BOARDS}/grids/{WILLOW}/history").count("Undo Office hours") == 1
    with town.app.app_context(), writing():
        duties.end_duties(town.members[POPLAR_1])


def test_every_form_that_writes_carries_a_request_id(office: Office, town: Town):
    number = town.members[WILLOW_1]
    at = f"{BOARDS}/grids/{WILLOW_1}"
    office.post(text_at(WILLOW_1, "scope"), text="东")
    for path in (at, f"{at}/texts/scope", f"{at}/lists/duty", f"{at}/sketch", f"{at}/history",
                 f"{at}/contacts/new", f"{BOARDS}/members/{number}", f"{BOARDS}/badges/{number}",
                 f"{BOARDS}/merges/?old={WILLOW_1}&new={WILLOW_2}"):  # fmt: skip
        page = office.get(path).text
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        forms = [one for one in forms if "/township/boards" in one]
        assert forms or path == at, path
        assert all('name="request_id"' in one for one in forms), path
