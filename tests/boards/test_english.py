"""A board in English: the usual texts translated, what a town wrote itself marked as Chinese."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import boards
from fieldapp.boards import edit, english, folk, texts
from fieldapp.boards.card import Card, Service
from fieldapp.boards.english import CHINESE, in_english
from fieldapp.boards.folk import Contact
from fieldapp.i18n import in_language
from fieldapp.posters import content
from tests.boards.conftest import Act, card, grid
from tests.township.town import WILLOW_1, Town

HAN = re.compile("[\u3400-\u9fff]")
USUAL = (
    *texts.USUAL_ROLE_DUTIES.values(),
    *texts.USUAL_DUTIES,
    *(one.title for one in (*texts.USUAL_SERVICES, *texts.USUAL_HOTLINES)),
)


def said(shown: Card) -> list[str]:
    """Every text of a card that is not the name of somebody or of some place."""
    people = [text for one in shown.people_on for text in (one.duty, one.hours)]
    services = [text for one in shown.services for text in (one.title, one.place, one.hours)]
    hotlines = [one.title for one in shown.hotlines]
    return [*people, *services, *hotlines, *shown.duties, shown.scope, shown.office.title]


def nameless(text: str, shown: Card) -> str:
    """The text without the names in it."""
    for name in sorted((*shown.units, *(one.grid for one in shown.people_on)), key=len):
        text = text.replace(name, "")
    return text


@pytest.fixture
def resident(town: Town) -> FlaskClient:
    return town.app.test_client()


@pytest.mark.parametrize("text", USUAL)
def test_every_usual_text_has_an_english_twin(text: str):
    assert english.TWINS[text]
    assert not HAN.search(english.TWINS[text])


def test_a_board_of_which_nobody_wrote_anything_is_english_but_for_names(town: Town):
    shown = in_english(card(town, WILLOW_1))
    assert [text for text in said(shown) if HAN.search(nameless(text, shown))] == []
    assert shown.duties[0].startswith("Visit homes")
    assert shown.office.title == "Duty office of 柳河镇"
    assert shown.hotlines[1] == ("Police", "110")


def test_every_board_of_the_demo_town_is_english_but_for_names(demo: Flask):
    with demo.app_context():
        found = boards.cards()
    for one in found:
        shown = in_english(one)
        wording = said(shown)
        if one.kind not in ("villager_group", "school", "enterprise"):
            wording.remove(shown.scope)  # the names of those below
        assert [text for text in wording if HAN.search(nameless(text, one))] == [], one.grid


def test_what_a_town_wrote_itself_is_left_alone(town: Town, act: Act):
    here = grid(town, WILLOW_1)
    own = Service("上门理发", "村部西屋", "初一、十五", "0417-0001234")
    act(edit.set_text, here, "role_duty", "敲门问一声，有事帮着跑", role="leader")
    act(edit.set_text, here, "role_hours", "天天都在，8:00以后", role="leader")
    act(edit.set_text, here, "scope", "东起新桥，西至水塔，南到果园，北靠村小学。")
    act(edit.set_text, here, "office_title", "柳树村值班室和警务室")
    act(edit.set_text, here, "office_phone", "0417-0002001")
    act(edit.set_lines, here, "service", [own])
    act(folk.add_contact, here, Contact("马力", "放映员", "0417-0001003", hours="有电影的晚上"))
    written = card(town, WILLOW_1)
    shown = in_english(written)
    assert shown.people_on == written.people_on
    assert shown.scope == written.scope
    assert shown.office == written.office
    assert shown.services[0] == own
    assert shown.services[1] == Service("Advice on policies")


def test_chinese_pages_and_sheets_stay_chinese(town: Town):
    written = card(town, WILLOW_1)
    with town.app.test_request_context("/?lang=zh"):
        assert english.shown(written) is written
        assert content.board(written)["duties"] == list(texts.USUAL_DUTIES)


def test_hours_are_in_english_only_if_all_of_them_are():
    written = ("每天 8:00–17:00，急诊随时", "周二、周四 9:00–11:00", "8:00–17:00", "每天早上", "")
    assert [english.hours(one) for one in written] == [
        "daily 8:00–17:00, emergencies at any time",
        "Tue, Thu 9:00–11:00",
        "8:00–17:00",
        "每天早上",
        "",
    ]


def test_the_page_marks_every_chinese_word_for_readers_aloud(
    resident: FlaskClient, town: Town, act: Act
):
    act(edit.set_text, grid(town, WILLOW_1), "scope", "东起<新>桥 & 路口")
    code = card(town, WILLOW_1).code
    page = resident.get(f"/b/{code}?lang=en").text
    assert '<span lang="zh">王桂兰</span>' in page
    assert '<span lang="zh">柳树村第1网格</span>' in page
    assert '<span lang="zh">东起</span>&lt;<span lang="zh">新</span>&gt;' in page
    body = page[page.index("<main") :]
    unmarked = re.sub(r'<span lang="zh">[^<]*</span>|<svg.*?</svg>|aria-label="[^"]*"', "", body)
    assert CHINESE.findall(unmarked) == []
    assert 'lang="zh">' not in resident.get(f"/b/{code}?lang=zh").text


def test_the_english_contacts_and_sheet_say_the_same(resident: FlaskClient, town: Town):
    written = card(town, WILLOW_1)
    saved = resident.get(f"/b/{written.code}.vcf?lang=en").data.replace(b"\r\n ", b"").decode()
    assert "FN:Duty office of 柳河镇" in saved
    with town.app.test_request_context("/?lang=en"), in_language("en"):
        sheet = content.board(written)
    assert sheet["office"]["title"] == "Duty office of 柳河镇"
    assert sheet["duties"] == [english.TWINS[duty] for duty in texts.USUAL_DUTIES]
    assert sheet["groups"][0]["people"][0]["detail"].startswith("Visits homes")


def test_a_badges_page_names_the_office_in_english(resident: FlaskClient, town: Town):
    with town.app.app_context():
        (badge, *_) = boards.badges()
    page = resident.get(f"/m/{badge.code}?lang=en").text
    assert 'Duty office of <span lang="zh">柳河镇</span>' in page
    assert f'<h2><span lang="zh">{badge.name}</span></h2>' in page
