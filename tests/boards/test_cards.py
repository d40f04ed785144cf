"""What a board says: people of all levels, consent, what is inherited, and when it changed."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from flask import Flask

from fieldapp import boards, clock
from fieldapp.boards import edit, folk, texts
from fieldapp.boards.card import Service
from fieldapp.boards.folk import Contact
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused, duties, scope
from tests.boards.conftest import Act, card, grid
from tests.township.town import POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Town

TOWN = "999999106000"
LINE = Service("低保申请", "村委会", "工作日", "0417-0001234")


def names(shown: boards.Card) -> list[str]:
    return [one.name for one in shown.people_on]


def add(town: Town, name: str, phone: str, duty: str, code: str) -> int:
    with town.app.app_context(), writing():
        return duties.add_member(name=name, phone=phone, duty=duty, grid_code=code).id


def test_all_151_boards_of_the_demo_are_complete_and_quick(demo: Flask):
    with demo.app_context():
        boards.cards()
        begun = time.perf_counter()
        found = boards.cards()
        taken = time.perf_counter() - begun
    assert len(found) == 151
    assert taken < 0.5
    for one in found:
        assert one.scope, one.grid
        assert one.people_on, one.grid
        assert all(person.phone and person.duty for person in one.people_on), one.grid
        assert one.sketch, one.grid
        assert one.sketch.startswith("<svg"), one.grid
        assert len(one.duties) >= 3, one.grid
        assert len(one.services) >= 3, one.grid
        assert {"110", "119", "120", "12345"} <= {line.phone for line in one.hotlines}
        assert one.supervision, one.grid
        assert one.office.phone, one.grid
        assert one.level["zh"], one.grid
        assert one.level["en"], one.grid
    groups = [one for one in found if one.kind == "villager_group"]
    assert len(groups) == 93
    for one in groups:
        assert one.households, one.grid
        assert one.households % 10 == 0
        assert one.people, one.grid
        assert one.people % 10 == 0
        assert {"leader", "member", "head", "chief_head", "doctor"} <= {
            person.role for person in one.people_on
        }


def test_a_board_without_any_words_of_the_town_says_the_usual(town: Town):
    shown = card(town, WILLOW_1)
    assert shown.duties == texts.USUAL_DUTIES
    assert shown.services == texts.USUAL_SERVICES
    assert shown.hotlines[1:] == texts.USUAL_HOTLINES
    assert shown.hotlines[0].phone == shown.supervision == shown.office.phone == "0417-0000000"
    assert shown.people_on[0].duty == texts.USUAL_ROLE_DUTIES["leader"]
    assert (shown.households, shown.people) == (10, 10)


def test_people_of_all_levels_the_nearest_first_and_nobody_from_beside(town: Town):
    add(town, "周建军", "15400000011", "chief_head", TOWN)
    add(town, "吴晓梅", "15400000012", "head", WILLOW)
    add(town, "孙立国", "15400000013", "doctor", WILLOW)
    assert names(card(town, WILLOW_1)) == ["王桂兰", "吴晓梅", "孙立国", "周建军"]
    assert names(card(town, POPLAR_1)) == ["赵秀英", "周建军"]
    assert names(card(town, TOWN)) == ["周建军"]


def test_a_mobile_is_shown_only_with_consent_and_only_while_it_lasts(town: Town, act: Act):
    member = town.members["王桂兰"] if "王桂兰" in town.members else _member(town)
    act(edit.set_text, grid(town, WILLOW), "office_phone", "0417-0002001")
    before = card(town, WILLOW_1).people_on[0]
    assert (before.phone, before.phone_of) == ("0417-0002001", "office")

    act(folk.give_consent, member_id=member)
    shown = card(town, WILLOW_1).people_on[0]
    assert (shown.phone, shown.phone_of) == ("15400000001", "own")

    assert act(folk.withdraw_consent, member_id=member) is True
    assert card(town, WILLOW_1).people_on[0] == before
    assert act(folk.withdraw_consent, member_id=member) is False


def test_a_consent_holds_for_the_number_it_was_given_for(town: Town, act: Act):
    mediator = Contact("于德海", "mediator", "13900000000", private=True)
    number = act(folk.add_contact, grid(town, WILLOW_1), mediator)
    act(folk.give_consent, contact_id=number)
    assert "13900000000" in {one.phone for one in card(town, WILLOW_1).people_on}
    act(folk.change_contact, number, mediator._replace(phone="13911111111"))
    assert "13911111111" not in {one.phone for one in card(town, WILLOW_1).people_on}


def test_somebody_without_a_login_stands_on_all_boards_below(town: Town, act: Act):
    policeman = Contact("马力", "policeman", "0417-0001003", duty="治安巡防", hours="全天")
    number = act(folk.add_contact, grid(town, WILLOW), policeman)
    shown = card(town, WILLOW_2).people_on[-1]
    assert shown[:4] == ("马力", "policeman", "柳树村", "0417-0001003")
    assert (shown.duty, shown.hours) == ("治安巡防", "全天")
    assert "马力" not in names(card(town, POPLAR_1))
    act(folk.end_contact, number)
    assert "马力" not in names(card(town, WILLOW_2))


def test_the_end_of_a_duty_takes_a_person_off_the_board_at_once(town: Town):
    with town.app.app_context(), writing():
        duties.end_duties(_member(town))
    shown = card(town, WILLOW_1)
    assert names(shown) == []
    assert shown.changed == clock.today()


def test_deputies_come_after_those_they_stand_in_for(town: Town, act: Act):
    deputy = add(town, "高宇", "15400000021", "leader", WILLOW_1)
    act(folk.set_member, _member(town), duty="", hours="", deputy=True)
    shown = card(town, WILLOW_1).people_on
    assert [(one.name, one.deputy) for one in shown] == [("高宇", False), ("王桂兰", True)]
    assert deputy


def test_texts_of_the_nearest_level_win(town: Town, act: Act):
    for code, hours in ((TOWN, "工作日"), (WILLOW, "每天")):
        act(edit.set_text, grid(town, code), "role_hours", hours, role="leader")
        act(edit.set_text, grid(town, code), "supervision", f"0417-000{code[-4:]}")
    assert card(town, WILLOW_1).people_on[0].hours == "每天"
    assert card(town, POPLAR_1).people_on[0].hours == "工作日"
    assert card(town, WILLOW_1).supervision == "0417-0006201"
    act(edit.set_text, grid(town, WILLOW), "supervision", "")
    assert card(town, WILLOW_1).supervision == "0417-0006000"


def test_the_area_and_the_counts_are_a_grids_own(town: Town, act: Act):
    act(edit.set_text, grid(town, WILLOW), "scope", "全村")
    act(edit.set_text, grid(town, WILLOW_1), "scope", "东起小桥")
    act(edit.set_text, grid(town, WILLOW_1), "households", "97")
    assert card(town, WILLOW_1).scope == "东起小桥"
    assert card(town, WILLOW_2).scope == ""
    assert card(town, WILLOW_1).households == 100


def test_duties_of_the_nearest_level_replace_and_services_and_hotlines_add_up(town: Town, act: Act):
    for code, title in ((TOWN, "镇的职责"), (WILLOW, "村的职责")):
        act(edit.set_lines, grid(town, code), "duty", [Service(title)])
    act(edit.set_lines, grid(town, TOWN), "service", [LINE, Service("镇里办")])
    act(edit.set_lines, grid(town, WILLOW), "service", [LINE._replace(place="村部")])
    act(edit.set_lines, grid(town, TOWN), "hotline", [_line("报警", "110"), _line("供水", "96116")])
    act(
        edit.set_lines,
        grid(town, WILLOW),
        "hotline",
        [_line("供水", ""), _line("村部", "0417-0002001")],
    )
    shown = card(town, WILLOW_1)
    assert shown.duties == ("村的职责",)
    assert [(one.title, one.place) for one in shown.services] == [
        ("低保申请", "村部"),
        ("镇里办", ""),
    ]
    assert [(one.title, one.phone) for one in shown.hotlines] == [
        ("村部", "0417-0002001"),
        ("报警", "110"),
    ]
    assert card(town, POPLAR_1).duties == ("镇的职责",)


def test_each_edit_is_a_row_of_the_history_and_counts_where_it_shows(town: Town, act: Act):
    before = {code: card(town, code).edition for code in (WILLOW_1, POPLAR_1)}
    assert act(edit.set_text, grid(town, WILLOW), "hours", "8:00–17:00") is True
    assert act(edit.set_text, grid(town, WILLOW), "hours", " 8:00–17:00 ") is False
    assert act(edit.set_lines, grid(town, WILLOW), "service", [LINE]) is True
    assert act(edit.set_lines, grid(town, WILLOW), "service", [LINE]) is False
    assert card(town, WILLOW_1).edition == before[WILLOW_1] + 2
    assert card(town, POPLAR_1).edition == before[POPLAR_1]
    with town.app.app_context():
        rows = edit.history([grid(town, WILLOW)])
        told = [(one.by, one.part, one.before, one.after) for one in rows]
    assert told == [
        ("办公室", "service", "", "低保申请 村委会 工作日 0417-0001234"),
        ("办公室", "hours", "", "8:00–17:00"),
    ]


def test_an_edit_that_is_rolled_back_is_not_shown(town: Town, act: Act):
    def fail(*, by: str) -> None:
        edit.set_text(grid(town, WILLOW_1), "scope", "不算数", by=by)
        assert boards.card_of(grid(town, WILLOW_1)).scope == "不算数"
        raise Refused.because("not after all")

    with pytest.raises(Refused):
        act(fail)
    assert card(town, WILLOW_1).scope == ""


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("scope", "长" * 201),
        ("scope", "看不\u0000见"),
        ("scope", "反\u202e过来"),
        ("office_phone", "不是号码"),
        ("supervision", "12"),
        ("supervision", "tel:110"),
        ("people", "many"),
        ("nothing", "x"),
        ("role_duty", "x"),
    ],
)
def test_what_cannot_stand_on_a_board_is_refused(town: Town, act: Act, part: str, text: str):
    before = card(town, WILLOW_1)
    with pytest.raises(Refused):
        act(edit.set_text, grid(town, WILLOW_1), part, text)
    assert card(town, WILLOW_1) == before


@pytest.mark.parametrize(
    "text",
    [
        "110",
        "12345",
        "95598",
        "0417-5550100",
        "0417 5550100",
        "15400000001",
        "400-810-0000",
        "04175550100-23",
        "+86 0417 5550100",
    ],
)
def test_numbers_that_people_call_are_taken(town: Town, act: Act, text: str):
    act(edit.set_text, grid(town, WILLOW), "supervision", text)
    shown = card(town, WILLOW_1).supervision
    assert set(shown) <= set("0123456789-")
    assert "".join(c for c in shown if c.isdigit()) in "".join(c for c in text if c.isdigit())


def test_a_list_has_an_end(town: Town, act: Act):
    with pytest.raises(Refused):
        act(edit.set_lines, grid(town, WILLOW), "duty", [Service(f"第{n}条") for n in range(21)])
    with pytest.raises(Refused):
        act(edit.set_lines, grid(town, WILLOW), "rumours", [Service("x")])


def test_a_duty_that_begins_later_counts_when_it_begins(town: Town):
    member = _member(town)
    tomorrow = clock.today() + timedelta(days=1)
    with town.app.app_context(), writing():
        duties.add_duty(member, role="officer", grid_id=grid(town, WILLOW), since=tomorrow)
    assert {one.role for one in card(town, WILLOW_1).people_on} == {"leader"}


def test_a_grid_without_a_board_is_refused_or_left_out(town: Town):
    with town.app.app_context():
        with pytest.raises(Refused):
            boards.card_of(99_999)
        assert boards.cards([99_999]) == []


def _line(title: str, phone: str) -> Service:
    return Service(title, phone=phone)


def _member(town: Town) -> int:
    with town.app.app_context():
        return duties.member_by_phone("15400000001").id


def test_the_drawing_escapes_names(town: Town):
    from fieldapp.boards.sketch import drawing
    from fieldapp.grids.models import Grid

    with town.app.app_context(), writing():
        db.session().get_one(Grid, grid(town, WILLOW_1)).name = '<a>&"'
        scope.changed()
    with town.app.app_context():
        drawn = drawing(scope.tree(), scope.unit(grid(town, WILLOW_2)))
    assert drawn is not None
    assert "<a>" not in drawn
    assert "&lt;a&gt;" in drawn
