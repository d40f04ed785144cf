"""The list of boards says in words what is missing on which, and leads to each."""

from __future__ import annotations

import re

from fieldapp.database import writing
from fieldapp.grids import duties
from tests.boards.conftest import grid
from tests.township.town import POPLAR_1, WILLOW, WILLOW_1, WILLOW_2, Office, Town

LIST = "/township/boards/"


def row(office: Office, name: str, query: str = "") -> str:
    """What the list says of one board."""
    page = office.get(f"{LIST}{query}").text
    for found in re.findall(r"<tr data-depth.*?</tr>", page, re.DOTALL):
        if re.search(rf">{name}(<|$)", found.partition("</th>")[0]):
            return " ".join(re.sub(r"<[^>]+>", " ", found).split())
    return ""


def test_the_list_follows_the_tree_and_says_what_is_missing(office: Office):
    page = office.reads(LIST)
    order = ["柳河镇", "柳树村", "柳树村第1片区", "柳树村第1网格", "柳树村第2网格", "杨树村"]
    places = [office.get(LIST).text.find(f">{name}</a>") for name in order]
    assert places == sorted(places)
    assert places[0] > 0
    assert "8 boards shown" in page
    assert "Nobody is responsible at this level." in row(office, "柳树村")
    assert "Own number not published, because no consent is recorded: 王桂兰" in row(
        office, "柳树村第1网格"
    )
    assert "The area is not described." in row(office, "柳树村第1网格")


def test_what_is_put_right_is_no_longer_listed(office: Office, town: Town):
    number = town.members[WILLOW_1]
    office.post(f"{LIST}grids/{WILLOW_1}/texts/scope", text="东起小桥")
    office.post(f"{LIST}members/{number}/consent", how="paper")
    assert "complete" in row(office, "柳树村第1网格")


def test_somebody_without_any_telephone_is_named(office: Office, town: Town):
    town.app.config["TOWN_PHONE"] = ""
    assert "No telephone at all: 王桂兰" in row(office, "柳树村第1网格")
    assert "王桂兰" in row(office, "柳树村第1网格", "?lack=no_phone")
    assert row(office, "柳树村", "?lack=no_phone") == ""


def test_a_filter_leaves_what_was_asked_for(office: Office):
    assert row(office, "杨树村", f"?grid={WILLOW}") == ""
    assert row(office, "柳树村第2网格", f"?grid={WILLOW}")
    assert row(office, "柳树村", "?lack=nobody")
    assert row(office, "柳树村第1网格", "?lack=nobody") == ""
    assert row(office, "柳树村第1网格", "?lack=any")
    assert row(office, "柳树村第1网格", "?lack=no-such-thing")
    fragment = office.get(f"{LIST}?lack=nobody", htmx=True).text
    assert "<html" not in fragment
    assert "杨树村" in fragment


def test_when_nothing_is_like_that_it_says_so(office: Office):
    assert "No board is like that." in office.reads(f"{LIST}?lack=merged")


def test_the_end_of_a_duty_shows_in_the_list(office: Office, town: Town):
    with town.app.app_context(), writing():
        duties.end_duties(town.members[POPLAR_1])
    assert "Nobody is responsible" in row(office, "杨树村第1网格")


def test_a_merged_board_says_where_it_leads(office: Office, town: Town):
    office.post(f"{LIST}merges/", old=WILLOW_2, new=WILLOW_1)
    assert "gets the board of 柳树村第1网格" in row(office, "柳树村第2网格")
    answer = office.get(f"{LIST}grids/{WILLOW_2}")
    assert (answer.status_code, answer.location) == (303, f"{LIST}merges/")
    assert grid(town, WILLOW_2)
