"""The office looks after people in isolation: in both languages, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.fixtures import Chromium
from tests.browser.isolation import device_of, isolate, record_check
from tests.browser.office import Clerk, Town
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, VILLAGE, People
from tests.browser.wire import Wire


@pytest.fixture
def cases(server: Server, people: People) -> tuple[str, str]:
    """Somebody whose time is over, and somebody with a fever."""
    with device_of(server, people, "周国强") as head:
        persons = [one for one in head.everything() if one["kind"] == "person"]
        first, second, *_ = [one for one in persons if one["grid"] == GROUP_1]
        (over,) = isolate(head, [first], since=15)
        (fever,) = isolate(head, [second], since=3)
        case = {"record": fever, "grid": GROUP_1, "fields": second["fields"]}
        record_check(head, case, temp="37.3")
    return over, fever


@pytest.fixture
def plain_clerk(chromium: Chromium, wire: Wire) -> Iterator[Clerk]:
    """A clerk whose browser runs no script."""
    context = chromium.browser.new_context(java_script_enabled=False)
    clerk = Clerk(context, wire)
    clerk.logs_in()
    yield clerk
    context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_about_isolation_can_be_read_and_heard(
    clerk: Clerk, cases: tuple[str, str], lang: str
) -> None:
    over, fever = cases
    places = ("", f"grids/{VILLAGE}", "missed", "missed?day=yesterday", "cases/", "rules")
    found = []
    for path in (*places, f"cases/{over}", f"cases/{fever}"):
        mark = "&" if "?" in path else "?"
        clerk.opens(f"/township/isolation/{path}{mark}lang={lang}")
        found += [f"{path}: {one}" for one in eyes.axe_findings(clerk.page)]

    assert found == []


def test_without_a_script_and_by_keyboard_alone_an_alert_is_closed_and_somebody_released(
    plain_clerk: Clerk, cases: tuple[str, str], town: Town
) -> None:
    over, fever = cases
    page = plain_clerk.page
    plain_clerk.opens(f"/township/isolation/cases/{fever}?lang=zh")
    page.locator("#action").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(plain_clerk.sees(".note.fine")).to_contain_text("已结")

    plain_clerk.opens(f"/township/isolation/cases/{over}")
    page.locator("#release_no").focus()
    page.keyboard.type("柳解0007")
    page.keyboard.press("Enter")
    expect(plain_clerk.sees(".note.fine")).to_contain_text("已解除")
    plain_clerk.sees('a[href$="/notice"]').focus()
    page.keyboard.press("Enter")
    expect(plain_clerk.sees(".paper")).to_contain_text("柳解0007")

    states = {one["record"]: one["fields"]["state"] for one in town.records("isolation_case")}
    assert states == {over: "released", fever: "isolating"}
    [check] = town.records("health_check")
    said = check["fields"]["action"], check["fields"]["outcome"]
    assert said == ("told_doctor", "watched_at_home")
