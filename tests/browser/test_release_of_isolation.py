"""U6: the village doctor releases whose time is over, and nobody before that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.actors import Leader
from tests.browser.isolation import CHINA, day, device_of, isolate
from tests.browser.member import Device, Json, change
from tests.browser.office import Clerk, Town
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People

PAPER_NO, ID_NO = "柳解0007", "999999195001010018"


@pytest.fixture
def persons(server: Server, people: People) -> list[Json]:
    """Three people of 1组; the first has shown an identity card."""
    with device_of(server, people, "周国强") as head:
        found = [one for one in head.everything() if one["kind"] == "person"]
        of_1 = [one for one in found if one["grid"] == GROUP_1][:5:2]
        first = of_1[0]
        card = change(
            "person", GROUP_1, {"id_no": ID_NO}, record=first["record"], base=first["version"]
        )
        head.sync([card])
    return of_1


def measure(device: Device, case: str, person: Json, checks: int, **last: object) -> None:
    """So many checks, two a day from the last day of the fortnight on backwards."""
    made = []
    for nth in range(checks):
        ago = 1 + nth // 2
        at = (datetime.now(CHINA) - timedelta(days=ago)).isoformat(timespec="seconds")
        fields = {"case": case, "hh": person["fields"]["hh"], "date": day(ago)}
        fields |= {"slot": ("morning", "evening")[nth % 2], "by": "visit", "at_home": True}
        fields |= {"temp_status": "measured", "temp": "36.5", "symptoms": ["none"]}
        fields |= {"occurred_at": at} | (last if nth == 0 else {})
        made.append(change("health_check", GROUP_1, fields, made_at=at))
    said = device.sync(made)
    assert {one["status"] for one in said["results"]} == {"accepted"}, said["results"]


def test_a_release_is_offered_when_the_time_is_over_and_no_alert_is_open_and_prints_its_notice(
    joining: Callable[[str], Leader],
    server: Server,
    people: People,
    persons: list[Json],
    town: Town,
    clerk: Clerk,
) -> None:
    with device_of(server, people, "周国强") as head:
        over, alarming = isolate(head, [persons[0], persons[1]], since=15)
        (last_day,) = isolate(head, [persons[2]], since=14)
        measure(head, over, persons[0], 26)
        measure(head, alarming, persons[1], 1, temp="37.8")
    doctor = joining("陈医生")

    stands_at(doctor, alarming)
    expect(condition(doctor, "period")).to_have_attribute("data-met", "true")
    expect(condition(doctor, "alert")).to_have_attribute("data-met", "false")
    is_offered(doctor, "false")
    stands_at(doctor, last_day)
    expect(condition(doctor, "period")).to_have_attribute("data-met", "false")
    is_offered(doctor, "false")

    stands_at(doctor, over)
    is_offered(doctor, "true")
    expect(condition(doctor, "checks")).to_contain_text("26")
    expect(condition(doctor, "checks")).to_contain_text("28")
    doctor.taps_on('[data-form="release"] [data-action="save"]')
    expect(doctor.sees("#error-release_no")).not_to_be_empty()
    doctor.sees("#release_no").fill(PAPER_NO)
    doctor.taps_on('[data-form="release"] [data-action="save"]')

    paper = doctor.sees("#notice-paper")
    expect(paper).to_contain_text(PAPER_NO)
    expect(paper).to_contain_text(persons[0]["fields"]["name"])
    expect(paper).to_contain_text(f"{ID_NO[:6]}********{ID_NO[-4:]}")
    assert ID_NO not in doctor.sees("body").inner_text()
    doctor.page.evaluate("window.print = () => { window.printed = true }")
    doctor.taps_on('[data-action="print"]')
    assert doctor.page.evaluate("window.printed")

    doctor.sends_now()
    doctor.has_sent_everything()
    cases = {one["record"]: one["fields"] for one in town.records("isolation_case")}
    assert (cases[over]["state"], cases[over]["released_on"]) == ("released", day())
    assert town.held() == []
    doctor.goes_to("cases")
    expect(doctor.sees(f'[data-slot="over"] [data-case="{over}"]')).to_have_count(1)
    clerk.opens("/township/isolation/?lang=en")
    present = clerk.sees(".figure", has_text="In isolation now").locator("b")
    expect(present).to_have_text("2")
    expect(clerk.page.get_by_role("link", name="1 released today")).to_be_visible()


def test_a_release_is_not_offered_one_minute_before_midnight_of_the_last_day(
    joining: Callable[[str], Leader], server: Server, people: People, persons: list[Json]
) -> None:
    with device_of(server, people, "周国强") as head:
        (case,) = isolate(head, [persons[0]], since=14)
    doctor = joining("陈医生")
    doctor.wire.down()
    midnight = datetime.fromisoformat(f"{day(-1)}T00:00:00+08:00")

    doctor.page.clock.set_system_time(midnight - timedelta(minutes=1))
    stands_at(doctor, case)
    is_offered(doctor, "false")

    doctor.page.clock.set_system_time(midnight + timedelta(seconds=30))
    stands_at(doctor, case)
    is_offered(doctor, "true")
    expect(condition(doctor, "checks")).to_contain_text("0")


def stands_at(doctor: Leader, case: str) -> None:
    doctor.goes_to("")
    doctor.goes_to(f"release/{case}")


def is_offered(doctor: Leader, offered: str) -> None:
    expect(doctor.sees("#conditions")).to_have_attribute("data-releasable", offered)
    expect(doctor.sees("#release_no")).to_be_visible(visible=offered == "true")


def condition(doctor: Leader, name: str) -> Locator:
    return doctor.sees(f'[data-condition="{name}"]')
