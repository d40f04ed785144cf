"""The list of visits: the latest first, narrowed, and page by page without gaps."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.township.town import POPLAR, POPLAR_1, WILLOW_1, Office, Town


def _doors(page: str) -> list[str]:
    return re.findall(r"张. (\d+号)", page)


def test_the_latest_visit_stands_first_with_its_door_and_who_made_it(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0], made_at="2020-02-20T08:00:00+08:00")
    town.visit(WILLOW_1, town.households[WILLOW_1][1], "refused")

    page = office.reads("/township/visits/")

    assert _doors(page) == ["2号", "1号"]
    assert "Refused At the door 柳树村第1网格 王桂兰" in page


def test_the_list_can_be_narrowed_to_a_place_a_result_and_a_day(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0], made_at="2020-02-19T08:00:00+08:00")
    town.visit(WILLOW_1, town.households[WILLOW_1][1], "nobody_home")
    town.visit(POPLAR_1, town.households[POPLAR_1][2])

    assert _doors(office.reads(f"/township/visits/?grid={POPLAR}")) == ["3号"]
    assert _doors(office.reads("/township/visits/?result=nobody_home")) == ["2号"]
    assert _doors(office.reads("/township/visits/?day=2020-02-19")) == ["1号"]
    assert "No visit fits" in office.reads("/township/visits/?day=2020-02-18")


def test_what_nobody_can_ask_for_is_ignored(town: Town, office: Office):
    town.visit(WILLOW_1, town.households[WILLOW_1][0])

    page = office.reads("/township/visits/?grid=x&result=x&day=x&after=x-y")

    assert _doors(page) == ["1号"]


def test_earlier_pages_go_on_where_the_last_one_ended(town: Town, office: Office):
    door = town.households[WILLOW_1][0]
    changes = []
    for minute in range(120):
        visit = town.change("visit", WILLOW_1, {"hh": door, "mode": "phone", "result": "refused"})
        # pairs of the same minute: a page may end between two visits of one moment
        made = town.now - timedelta(minutes=minute // 2)
        changes.append(visit | {"made_at": made.isoformat()})
    assert set(town.send(WILLOW_1, *changes)) == {"accepted"}

    seen, path = 0, "/township/visits/"
    for expected in (50, 50, 20):
        markup = office.get(path).text
        assert len(re.findall(r"<tr", markup)) - 1 == expected
        seen += expected
        following = re.search(r'rel="next" href="([^"]+)"', markup)
        path = following[1].replace("&amp;", "&") if following else ""
    assert (seen, path) == (120, "")


def test_what_was_taken_back_stays_and_says_so(town: Town, office: Office):
    record = town.visit(WILLOW_1, town.households[WILLOW_1][0])
    town.send(WILLOW_1, town.change("visit", WILLOW_1, {"voided": True}) | {"record": record})

    assert "taken back" in office.reads("/township/visits/")


def test_a_door_that_is_not_in_the_file_is_told_and_not_hidden(town: Town, office: Office):
    town.visit(WILLOW_1, "99999999-0000-4000-8000-000000000000")

    assert "not in the household file" in office.reads("/township/visits/")


def test_an_empty_list_says_when_it_will_fill(office: Office):
    assert "They appear here as soon as a phone has sent them." in office.reads("/township/visits/")
