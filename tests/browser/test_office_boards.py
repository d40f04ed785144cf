"""The office keeps its boards right in a browser: without the script, by the keyboard, by ear."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import eyes
from tests.browser.office import Clerk
from tests.browser.smalltown import GROUP_1, GROUP_2, TOWN, VILLAGE

BOARDS = "/township/boards"
PAGES = (
    f"{BOARDS}/",
    f"{BOARDS}/grids/{VILLAGE}",
    f"{BOARDS}/grids/{GROUP_1}/texts/scope",
    f"{BOARDS}/grids/{TOWN}/lists/service",
    f"{BOARDS}/grids/{GROUP_1}/sketch",
    f"{BOARDS}/grids/{GROUP_1}/contacts/new",
    f"{BOARDS}/grids/{GROUP_1}/preview",
    f"{BOARDS}/grids/{GROUP_1}/history",
    f"{BOARDS}/history",
    f"{BOARDS}/members/1",
    f"{BOARDS}/badges/",
    f"{BOARDS}/badges/1",
    f"{BOARDS}/merges/",
    f"{BOARDS}/merges/?old={GROUP_1}&new={GROUP_2}",
)


def code_of(clerk: Clerk, grid: str) -> str:
    """The id on the wall of a grid, off the page about its board."""
    clerk.opens(f"{BOARDS}/grids/{grid}?lang=en")
    found = re.search(r"/b/(\w{8})", clerk.sees("main").inner_text())
    assert found
    return found[1]


def test_without_any_script_a_village_gets_its_own_hours_after_a_look_at_them(
    clerk: Clerk,
) -> None:
    code = code_of(clerk, GROUP_1)
    clerk.page.route("**/*.js", lambda route: route.abort())
    clerk.opens(f"{BOARDS}/?lang=en")
    clerk.page.get_by_label("Worth a look").select_option("no_scope")
    clerk.page.get_by_role("button", name="Show").click()
    expect(clerk.sees("#boards tbody tr")).to_have_count(3)
    expect(clerk.sees("#boards")).to_contain_text("The area is not described.")

    clerk.opens(f"{BOARDS}/grids/{VILLAGE}?lang=en")
    clerk.page.get_by_role("link", name="Change When to reach them").or_(
        clerk.page.get_by_role("link", name="Change Grid team leader · When to reach them")
    ).first.click()
    clerk.page.get_by_label("When to reach them").fill("逢集的日子上午")
    expect(clerk.sees(".reach")).to_have_text("Saving this changes 5 boards.")
    clerk.page.get_by_role("button", name="Look at it first").click()
    expect(clerk.sees(".preview")).to_contain_text("Not saved yet.")
    clerk.page.get_by_role("button", name="Go on changing it").click()
    expect(clerk.page.get_by_label("When to reach them")).to_have_value("逢集的日子上午")
    clerk.page.get_by_role("button", name="Save").click()

    expect(clerk.sees(".note.fine")).to_have_text("Saved. 5 boards say so from now on.")
    clerk.opens(f"/b/{code}?lang=en")
    expect(clerk.sees("main")).to_contain_text("逢集的日子上午")
    clerk.opens(f"{BOARDS}/grids/{VILLAGE}/history?lang=en")
    clerk.page.get_by_role("button", name="Undo").click()
    clerk.opens(f"/b/{code}?lang=en")
    expect(clerk.sees("main")).not_to_contain_text("逢集的日子上午")


def _tab_to(clerk: Clerk, target: Locator) -> None:
    for _ in range(120):
        clerk.page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {target}")


def test_by_the_keyboard_alone_a_consent_is_recorded_and_the_number_stands_on_the_board(
    clerk: Clerk,
) -> None:
    code = code_of(clerk, GROUP_1)
    keyboard = clerk.page.keyboard
    clerk.opens(f"/b/{code}?lang=en")
    expect(clerk.sees("main")).not_to_contain_text("13900000001")

    clerk.opens(f"{BOARDS}/grids/{GROUP_1}?lang=en")
    _tab_to(clerk, clerk.page.get_by_role("link", name="王桂兰"))
    keyboard.press("Enter")
    expect(clerk.sees("h1")).to_have_text("王桂兰")
    _tab_to(clerk, clerk.page.get_by_label("In writing"))
    keyboard.press("Space")
    _tab_to(clerk, clerk.page.get_by_role("button", name="Record the consent"))
    keyboard.press("Enter")

    expect(clerk.sees(".note.fine")).to_contain_text("The number is published from now on.")
    clerk.opens(f"/b/{code}?lang=en")
    expect(clerk.sees("main")).to_contain_text("13900000001")


# The page, and the list of boards, which stand one under the other on a phone. In other tables the
# first column stays and the others move sideways.
TOO_WIDE = """[document.documentElement, ...document.querySelectorAll(".tablebox:has(.boards)")]
    .filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `${one.scrollWidth} wide in ${one.clientWidth}`)"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_about_boards_can_be_read_and_heard(clerk: Clerk, lang: str) -> None:
    found = []
    for width in (1440, 360):
        clerk.page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            clerk.opens(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            found += [f"{path}: {one}" for one in eyes.axe_findings(clerk.page)]
            wide = clerk.page.evaluate(TOO_WIDE)
            found += [f"{path}: {one} at {width}" for one in wide]

    assert found == []


def test_what_is_sent_back_and_what_is_looked_at_can_be_heard_too(clerk: Clerk) -> None:
    found = []
    clerk.opens(f"{BOARDS}/grids/{GROUP_1}/contacts/new?lang=en")
    clerk.page.get_by_label("Telephone").fill("twelve")
    clerk.page.get_by_role("button", name="Save").click()
    expect(clerk.page.get_by_label("Telephone")).to_have_attribute("aria-invalid", "true")
    expect(clerk.page.get_by_label("Telephone")).to_have_value("twelve")
    found += eyes.axe_findings(clerk.page)
    clerk.opens(f"{BOARDS}/grids/{GROUP_1}/texts/scope?lang=en")
    clerk.page.get_by_label("Area in words").fill("东起小桥")
    clerk.page.get_by_role("button", name="Look at it first").click()
    expect(clerk.sees(".preview")).to_be_visible()
    found += eyes.axe_findings(clerk.page)

    assert found == []
