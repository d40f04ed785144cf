"""The office's pages in a browser: with the script, without it, and by the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.member import Device, change
from tests.browser.office import Clerk, Town
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People

QUIET = {"mode": "doorstep", "result": "normal", "asked_q1": False, "asked_q2": False}


@pytest.fixture
def leader_of_1(server: Server, people: People) -> Iterator[Device]:
    """王桂兰's phone, as the server sees it."""
    device = Device(server.url, people.link("王桂兰"))
    yield device
    device.close()


def _doors(device: Device) -> list[str]:
    return [one["record"] for one in device.everything() if one["kind"] == "household"]


def _visit(device: Device, door: str, **answers: object) -> None:
    said = device.sync([change("visit", GROUP_1, QUIET | {"hh": door} | answers)])
    assert [one["status"] for one in said["results"]] == ["accepted"]


def test_a_village_closes_and_opens_in_the_table_by_the_keyboard(
    clerk: Clerk, leader_of_1: Device
) -> None:
    _visit(leader_of_1, _doors(leader_of_1)[0])
    clerk.opens("/township/?lang=en")
    village = clerk.page.get_by_role("link", name="柳树村", exact=True)
    row = clerk.sees("tbody.inner tr", has_text="柳树村1组")
    expect(village).to_have_attribute("aria-expanded", "true")  # a town's only village stands open

    village.focus()
    clerk.page.keyboard.press("Enter")
    expect(row).to_be_hidden()
    expect(village).to_have_attribute("aria-expanded", "false")

    clerk.page.keyboard.press("Enter")
    expect(row).to_contain_text("heard from")
    expect(row.locator("td").nth(1)).to_contain_text("1")
    expect(village).to_have_attribute("aria-expanded", "true")
    assert "/villages/" not in clerk.page.url


def test_a_filter_changes_the_list_and_the_address_and_back_brings_it_again(
    clerk: Clerk, leader_of_1: Device
) -> None:
    first, second, *_ = _doors(leader_of_1)
    _visit(leader_of_1, first)
    _visit(leader_of_1, second, result="refused")
    clerk.opens("/township/visits/?lang=en")
    rows = clerk.sees("#visits tbody tr")
    expect(rows).to_have_count(2)

    clerk.page.get_by_label("Result").select_option("refused")

    expect(rows).to_have_count(1)
    expect(clerk.page).to_have_url(f"{clerk.wire.url}/township/visits/?grid=&result=refused&day=")
    clerk.page.go_back()
    expect(rows).to_have_count(2)


def test_without_any_script_a_village_is_a_page_and_a_filter_a_button(
    clerk: Clerk, leader_of_1: Device
) -> None:
    _visit(leader_of_1, _doors(leader_of_1)[0], result="refused")
    clerk.page.route("**/*.js", lambda route: route.abort())
    clerk.opens("/township/?lang=en")

    clerk.page.get_by_role("link", name="柳树村", exact=True).click()
    expect(clerk.sees("h1")).to_have_text("柳树村")
    expect(clerk.sees("tbody tr", has_text="柳树村1组")).to_be_visible()

    clerk.opens("/township/visits/?lang=en")
    clerk.page.get_by_label("Result").select_option("normal")
    clerk.page.get_by_role("button", name="Show").click()
    expect(clerk.sees("main")).to_contain_text("No visit fits what you asked for.")


def test_two_phones_contradict_each_other_and_one_tap_settles_it(
    clerk: Clerk, leader_of_1: Device, server: Server, people: People, town: Town
) -> None:
    head = Device(server.url, people.link("周国强"))
    (household, *_) = [one for one in leader_of_1.everything() if one["kind"] == "household"]
    record, version = household["record"], household["version"]

    for device, people_at_home, heating in ((leader_of_1, 3, "kang"), (head, 5, None)):
        fields = {"resident_n": people_at_home} | ({"heating": heating} if heating else {})
        edit = change("household", GROUP_1, fields, record=record, base=version)
        assert device.sync([edit])["results"][0]["status"] == "accepted"
    clerk.opens("/township/conflicts/?lang=en")
    expect(clerk.sees("h3")).to_have_text(["People at home"])  # heating was said by one only
    clerk.page.get_by_role("button", name="3 said by 王桂兰").click()

    expect(clerk.sees("main")).to_contain_text("No contradictions.")
    (settled,) = [one for one in town.records("household") if one["record"] == record]
    assert (settled["fields"]["resident_n"], settled["fields"]["heating"]) == (3, "kang")
    assert not settled["flagged"]
    head.close()


def test_the_figures_renew_themselves_while_the_page_stands_open(
    clerk: Clerk, leader_of_1: Device
) -> None:
    clerk.page.clock.install()
    clerk.opens("/township/?lang=en")
    figure = clerk.sees(".figure", has_text="Visits today").locator("b")
    expect(figure).to_have_text("0")

    _visit(leader_of_1, _doors(leader_of_1)[0])
    clerk.page.clock.fast_forward(31_000)

    expect(figure).to_have_text("1")
