"""Old eyes, thick fingers, a keyboard only, a screen reader: every screen, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import eyes
from tests.browser.actors import Leader
from tests.browser.office import Clerk
from tests.browser.server import Server
from tests.browser.smalltown import VILLAGE, People

OFFICE = (
    "/township/",
    f"/township/villages/{VILLAGE}",
    "/township/visits/",
    "/township/held/",
    "/township/conflicts/",
    "/township/losses/",
    "/township/people/",
    "/township/people/1",
    "/township/people/new",
)
CODES = """
from fieldapp import boards
print("|" + boards.cards()[-1].code + " " + boards.badges()[-1].code + " ")
"""
PLACES = ("", "households", "outbox", "ready", "settings")


def complaints(page: Page, where: str) -> list[str]:
    found = eyes.small_text(page) + eyes.small_targets(page) + eyes.axe_findings(page)
    return [f"{where}: {one}" for one in found]


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_screen_of_the_phone_can_be_read_tapped_and_heard(
    leader: Leader, language: str
) -> None:
    first, second, third, *_ = leader.households()
    leader.wire.down()
    leader.visits(first).finds_everything_fine()
    leader.visits(second).finds_nobody()
    record = leader.outbox()[0]["record"]
    leader.opens(f"/phone/{language}")

    found = []
    at_a_door = [f"household/{door}" for door in (first, second, third)]
    for route in (*PLACES, *at_a_door, f"record/{record}"):
        leader.goes_to(route)
        found += complaints(leader.page, route)
    for form in ("visit", "returnee"):
        leader.goes_to(f"{form}/{third}")
        found += _through_the_form(leader, form)

    assert found == []


def _through_the_form(leader: Leader, kind: str) -> list[str]:
    """Every step of a form: as it opens, and with the sentences about what is missing."""
    leader.page.evaluate("""() => {
        for (const step of document.querySelectorAll("[data-step]")) step.hidden = true;
    }""")
    found = []
    steps = leader.sees("[data-step]")
    for n in range(steps.count()):
        leader.page.evaluate(
            """n => document.querySelectorAll("[data-step]").forEach((step, at) => {
                step.hidden = at !== n;
                for (const field of step.querySelectorAll("[data-question]")) field.hidden = false;
            })""",
            n,
        )
        found += complaints(leader.page, f"{kind}, step {n + 1}")
    return found


def test_joining_and_being_shut_out_can_be_read_tapped_and_heard(
    leader: Leader, people: People
) -> None:
    found = []
    for lang in ("zh", "en"):
        leader.phone.open(leader.wire.url + people.link("李有福") + f"?lang={lang}")
        found += complaints(leader.page, f"join, {lang}")
        leader.phone.open(leader.wire.url + f"/join/no-such-link?lang={lang}")
        found += complaints(leader.page, f"unknown link, {lang}")
    leader.phone.context.clear_cookies()
    leader.phone.wipe(leader.wire.url)
    leader.opens()
    leader.sees('html[data-screen="login"]').wait_for(state="attached")
    found += complaints(leader.page, "nobody has joined")

    assert found == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_office_can_read_and_hear_its_pages(leader: Leader, clerk: Clerk, lang: str) -> None:
    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()

    found = []
    for path in OFFICE:
        clerk.opens(f"{path}?lang={lang}")
        found += [f"{path}: {one}" for one in eyes.axe_findings(clerk.page)]
    clerk.leaves()
    clerk.opens(f"/accounts/login?lang={lang}")
    found += [f"login: {one}" for one in eyes.axe_findings(clerk.page)]

    assert found == []


def test_a_visit_can_be_recorded_without_touching_the_screen(leader: Leader) -> None:
    leader.wire.down()
    door = leader.households()[0]
    leader.goes_to("")

    _tab_to(leader, f'[data-household="{door}"]')
    leader.page.keyboard.press("Enter")
    leader.sees('html[data-screen="household"]').wait_for(state="attached")
    expect(leader.sees("h1")).to_be_focused()
    _tab_to(leader, '[data-action="fine"]')
    leader.page.keyboard.press("Space")

    expect(leader.sees("main [data-saved]")).to_be_visible()
    leader.has_unsent(1)
    focused = leader.page.evaluate("document.activeElement.localName")
    assert focused != "body", "the focus got lost when the screen changed"


def _tab_to(leader: Leader, selector: str) -> None:
    for _ in range(80):
        leader.page.keyboard.press("Tab")
        if leader.page.evaluate("what => document.activeElement.matches(what)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_residents_can_read_tap_and_hear_boards_and_badges(
    leader: Leader, server: Server, lang: str
) -> None:
    board, badge = server.runs(CODES).split("|")[1].split()[:2]
    found = []
    for path in (f"/b/{board}", f"/m/{badge}", "/b/22222222", "/m/22222222"):
        leader.phone.open(f"{leader.wire.url}{path}?lang={lang}")
        found += complaints(leader.page, f"{path}, {lang}")

    assert found == []
