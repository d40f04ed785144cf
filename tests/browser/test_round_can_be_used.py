"""Old eyes, gloves, a screen reader: the screens of the round, the cases and the release."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import eyes
from tests.browser.actors import Leader
from tests.browser.isolation import device_of, isolate, lets_checks_be_made, record_check
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, GROUP_2, People
from tests.browser.wire import Wire


def complaints(page: Page, where: str) -> list[str]:
    found = eyes.small_text(page) + eyes.small_targets(page) + eyes.axe_findings(page)
    return [f"{where}: {one}" for one in found]


SCREENS = {
    "王桂兰": ("", "round", "alert/{alert}", "case/{running}", "case/{arriving}"),
    "陈医生": ("", "cases", "missed", "release/{running}", "release/{ended}"),
}


@pytest.fixture
def isolated(server: Server, people: People) -> dict[str, str]:
    """One person on the fifth day, one with a fever, one whose time is over, one who arrives."""
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        persons = [row for row in head.everything() if row["kind"] == "person"]
        group = [row for row in persons if row["grid"] == GROUP_1]
        running, alarming = isolate(head, group[:2])
        [ended] = isolate(head, group[2:3], since=15)
        [arriving] = isolate(head, group[3:4], state="waiting", handed_from=GROUP_2)
        cases = {row["record"]: row for row in head.everything()}
        alert = record_check(head, cases[alarming], temp="37.8", symptoms=["fever"])
    return {"running": running, "ended": ended, "arriving": arriving, "alert": alert}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("en/", "dark")])
def test_every_screen_of_isolation_can_be_read_tapped_and_heard(
    phone: Phone,
    wire: Wire,
    people: People,
    isolated: dict[str, str],
    name: str,
    language: str,
    scheme: str,
) -> None:
    who = Leader(phone, wire, people, name)
    who.joins()
    who.gets_ready_for_offline()
    who.opens(f"/phone/{language}")
    who.page.emulate_media(color_scheme=scheme)
    who.sees("[data-due]:visible, [data-action=cases]:visible").first.wait_for()
    found = []
    for screen in SCREENS[name]:
        who.goes_to(screen.format(**isolated))
        for folded in who.sees("main summary:visible").all():
            folded.click()
        if screen == "round":
            who.taps_on('[data-action="keys"]')
            who.taps_on('[data-action="unwell"]')
            who.taps_on('[data-action="save"]')
        found += complaints(who.page, screen)

    assert found == []
