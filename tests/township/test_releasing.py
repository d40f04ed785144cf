"""The office releases by the number of the paper, prints the notice, and puts a case right."""

from __future__ import annotations

import pytest
from flask import Flask

from fieldapp import clock
from tests.township.cases import Isolated
from tests.township.town import WILLOW_1, Town, words

ID_NO = "999999198012310036"
SUN_LI = {
    "name": "孙丽", "sex": "2", "age": 39, "id_kind": "cn_id", "id_no": ID_NO, "no_phone": True,
    "origin": "wuhan", "wuhan_link": "passed", "arrived_at": "2020-02-17", "transport": "rail",
    "contact_case": "no", "health_now": "normal", "measure": "home_isolation",
}  # fmt: skip


@pytest.fixture
def ward(town: Town, monkeypatch: pytest.MonkeyPatch) -> Isolated:
    return Isolated(town, monkeypatch)


def address(case: str, *more: str) -> str:
    return "/".join(["/township/isolation/cases", case, *more])


def release(ward: Isolated, case: str, **fields: str):
    return ward.office.post(address(case, "release"), **fields)


def test_who_has_stayed_to_the_end_is_released_by_the_number_of_the_paper(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=15, name="王一")
    page = ward.office.reads(address(one))
    assert "0 of 28 checks were made." in page

    form = ward.office.form(address(one), address(one, "release"))
    answer = release(ward, one, **form, release_no="虎解0007", released_on=ward.today())

    assert answer.status_code == 303
    page = ward.office.reads(address(one))
    assert "Released. The notice can be printed now." in page
    assert "虎解0007" in page
    assert "王一" in ward.office.reads("/township/isolation/cases/?show=released")
    assert "王一" not in ward.office.reads("/township/isolation/cases/")


def test_the_button_sent_twice_releases_once(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=15, name="王一")
    form = ward.office.form(address(one), address(one, "release"))
    for _ in range(2):
        answer = release(ward, one, **form, release_no="7", released_on=ward.today())
        assert answer.status_code == 303
    assert ward.office.reads(address(one)).count("Number of the release notice: 7") == 1


def test_without_a_number_nobody_is_released(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=15, name="王一")
    answer = release(ward, one, release_no="  ", released_on=ward.today())
    assert answer.status_code == 422
    assert "Please write the number that stands on the paper." in words(answer.text)
    assert "Released. The notice" not in words(answer.text)


def test_a_day_that_has_not_come_is_refused_in_words(ward: Isolated):
    one = ward.begin(WILLOW_1, days_ago=15, name="王一")
    answer = release(ward, one, release_no="7", released_on="2020-03-30")
    assert answer.status_code == 422
    assert "This day has not come yet." in words(answer.text)


def test_it_is_not_offered_on_the_last_day_nor_under_an_alert(ward: Isolated):
    last = ward.begin(WILLOW_1, days_ago=14, name="王一")
    fever = ward.begin(WILLOW_1, days_ago=15, name="王二")
    ward.check(fever, "morning", ago=1, temp="37.3")
    ward.at("23:59")
    for one in (last, fever):
        assert "The time is over: release" not in ward.office.reads(address(one))
        answer = release(ward, one, release_no="7", released_on=ward.today())
        assert answer.status_code == 422
        assert "It cannot be released yet" in words(answer.text)


def test_the_notice_is_for_paper_and_shows_no_whole_number(ward: Isolated):
    hh = ward.home(WILLOW_1)
    returnee = ward.town.change("returnee", WILLOW_1, SUN_LI | {"stay_at": hh})
    assert ward.town.send(WILLOW_1, returnee) == ["accepted"]
    one = ward.begin(WILLOW_1, days_ago=15, name="孙丽", returnee=returnee["record"])
    assert ward.office.get(address(one, "notice")).status_code == 404

    release(ward, one, release_no="虎解0007", released_on=ward.today())
    page = ward.office.get(address(one, "notice")).text

    assert "999999********0036" in page
    assert ID_NO not in page
    for text in ("孙丽", "虎解0007", "柳树村", "柳河镇", "14 days"):
        assert text in page, text


def test_what_the_returnees_form_says_now_is_taken_over_with_one_tap(ward: Isolated):
    hh = ward.home(WILLOW_1)
    returnee = ward.town.change("returnee", WILLOW_1, SUN_LI | {"stay_at": hh})
    ward.town.send(WILLOW_1, returnee)
    one = ward.begin(WILLOW_1, days_ago=3, name="孙丽", returnee=returnee["record"])
    assert "says something else now" not in ward.office.reads(address(one))
    assert "孙丽" not in ward.office.reads("/township/isolation/cases/?show=differing")

    right = {"arrived_at": "2020-02-15", "measure": "home_monitoring"}
    edit = ward.town.change("returnee", WILLOW_1, right) | {"record": returnee["record"]}
    assert ward.town.send(WILLOW_1, edit) == ["accepted"]
    assert "孙丽" in ward.office.reads("/township/isolation/cases/?show=differing")
    page = ward.office.reads(address(one))
    assert "Day 0 here is 2020-02-17, by the form it would be 2020-02-15." in page
    assert "by the form “Home health monitoring”" in page

    form = ward.office.form(address(one), address(one, "day-0"))
    assert ward.office.post(address(one, "day-0"), **form).status_code == 303
    page = ward.office.reads(address(one))
    assert "Feb 15, 2020" in page
    assert "says something else now" not in page


def test_a_returnee_who_needs_no_isolation_any_more_ends_the_case(ward: Isolated):
    hh = ward.home(WILLOW_1)
    returnee = ward.town.change("returnee", WILLOW_1, SUN_LI | {"stay_at": hh})
    ward.town.send(WILLOW_1, returnee)
    one = ward.begin(WILLOW_1, days_ago=3, name="孙丽", returnee=returnee["record"])
    edit = ward.town.change("returnee", WILLOW_1, {"measure": "none"})
    ward.town.send(WILLOW_1, edit | {"record": returnee["record"]})

    assert "would end as recorded by mistake" in ward.office.reads(address(one))
    ward.office.post(address(one, "day-0"))
    assert "孙丽" not in ward.office.reads("/township/isolation/cases/")


def test_every_page_of_isolation_can_be_drawn_on_both_databases(
    any_database_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    town = Town(any_database_app)
    monkeypatch.setattr(clock, "_now", lambda: town.now)
    ward = Isolated(town.build(), monkeypatch)
    one = ward.begin(WILLOW_1, days_ago=3, name="王一")
    ward.check(one, "morning", temp="37.3", symptoms=["cough"])
    ward.at("22:30")
    ward.hear(WILLOW_1)
    for lang in ("zh", "en"):
        ward.office.lang = lang
        for page in ("", "missed", "cases/", "cases/?show=alerts", f"cases/{one}", "rules"):
            assert ward.office.reads(f"/township/isolation/{page}"), page
        assert "王一" in ward.office.reads("/township/isolation/cases/?show=alerts")
        assert "王一" in ward.office.reads("/township/isolation/missed")
