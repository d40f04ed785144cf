"""U4: six people in the morning, with a thermometer, gloves and no network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.isolation import device_of, isolate, lets_checks_be_made
from tests.browser.messages import Exchange
from tests.browser.office import Town
from tests.browser.patience import eventually
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People


@pytest.fixture
def cases(leader: Leader, server: Server, people: People) -> list[str]:
    """Six people of 1组, at six doors, on their fifth day; they are on the leader's phone."""
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        rows = [row for row in head.everything() if row["grid"] == GROUP_1]
        persons = [row for row in rows if row["kind"] == "person"]
        begun = isolate(head, persons[0:12:2])
    leader.opens()
    expect(leader.sees('[data-action="round"]')).to_have_attribute("data-due", "6")
    return begun


def measures(leader: Leader, temperature: str) -> None:
    """A preset, no symptoms, save: what most people need."""
    leader.taps_on(f'[data-preset="{temperature}"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')


def name_on(leader: Leader) -> str:
    return leader.sees("main h1").inner_text()


def test_six_people_are_measured_without_a_network_in_at_most_25_taps(
    leader: Leader, cases: list[str], town: Town
) -> None:
    leader.wire.down()
    leader.taps = 0

    leader.taps_on('[data-action="round"]')
    for done in range(6):
        leader.sees('html[data-screen="round"]').wait_for(state="attached")
        before, taps = name_on(leader), leader.taps
        measures(leader, "36.5")
        assert leader.taps - taps <= 4, "one person without symptoms"
        expect(leader.sees("main h1")).not_to_have_text(before)
        leader.has_unsent(done + 1)

    assert leader.taps <= 25
    expect(leader.sees('main [data-done="true"][data-unsent="true"]')).to_have_count(6)
    leader.goes_to("")
    expect(leader.sees('[data-action="round"]')).to_be_hidden()
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    checks = town.records("health_check")
    assert sorted(check["fields"]["case"] for check in checks) == sorted(cases)
    assert {check["fields"]["temp"] for check in checks} == {"36.5"}
    assert {tuple(check["fields"]["symptoms"]) for check in checks} == {("none",)}


def test_on_the_big_keys_365_is_36_5_and_36_55_is_refused(leader: Leader, cases: list[str]) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-action="keys"]')
    field = leader.sees("#temp")
    for digit in "365":
        leader.taps_on(f'[data-digit="{digit}"]')
    expect(field).to_have_value("36.5")

    leader.taps_on('[data-digit="5"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')
    expect(leader.sees("#error-temp")).not_to_be_empty()
    leader.has_unsent(0)

    leader.taps_on("[data-erase]")
    leader.taps_on('[data-action="save"]')
    leader.has_unsent(1)
    assert leader.outbox()[0]["state"] == "waiting"


@pytest.mark.parametrize("typed", ["339", "431"])
def test_what_no_living_person_has_is_refused_as_a_number(
    leader: Leader, cases: list[str], typed: str
) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-action="keys"]')
    for digit in typed:
        leader.taps_on(f'[data-digit="{digit}"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')

    expect(leader.sees("#error-temp")).to_contain_text(re.compile(r"34\.0.*43\.0"))
    leader.has_unsent(0)


def test_a_check_that_was_begun_is_there_again_and_so_is_one_that_was_taken_back(
    leader: Leader, cases: list[str]
) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-preset="36.8"]')
    leader.taps_on('[data-action="well"]')
    leader.page.wait_for_timeout(500)  # a battery may take with it what was tapped just now

    leader.opens()
    leader.taps_on('[data-action="round"]')
    expect(leader.sees("#temp")).to_have_value("36.8")
    expect(leader.sees('[data-action="well"]')).to_have_attribute("aria-pressed", "true")
    name = name_on(leader)
    leader.taps_on('[data-action="save"]')
    expect(leader.sees("main h1")).not_to_have_text(name)
    expect(leader.sees("#temp")).to_have_value("")

    leader.taps_on('[data-action="undo"]')
    expect(leader.sees("main h1")).to_have_text(name)
    expect(leader.sees("#temp")).to_have_value("36.8")
    leader.has_unsent(0)


def test_a_thermometer_that_shows_lo_is_an_answer(leader: Leader, cases: list[str]) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-action="status"]')
    leader.taps_on('label:has([name="temp_status"][value="too_cold"])')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')

    leader.has_unsent(1)
    leader.sees('html[data-screen="round"]').wait_for(state="attached")


def test_37_3_leads_to_the_doctors_number_and_stays_open_until_its_outcome(
    leader: Leader, cases: list[str], town: Town
) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-action="keys"]')
    for digit in "373":
        leader.taps_on(f'[data-digit="{digit}"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')

    alert = leader.sees("#alert")
    expect(alert).to_have_attribute("data-open", "true")
    expect(leader.sees("a[data-call]")).to_have_attribute("href", "tel:13900000005")
    leader.taps_on('[data-slot="actions"] [data-code="told_doctor"]')
    expect(alert).to_have_attribute("data-open", "true")
    for digit in "372":
        leader.taps_on(f'[data-form="recheck"] [data-digit="{digit}"]')
    leader.taps_on('[data-action="recheck"]')
    expect(leader.sees('[data-slot="recheck"]')).to_be_hidden()
    expect(alert).to_have_attribute("data-open", "true")
    leader.taps_on('[data-slot="outcomes"] [data-code="recheck_normal"]')
    expect(alert).to_have_attribute("data-open", "false")

    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    [check] = town.records("health_check")
    said = {key: check["fields"][key] for key in ("temp", "temp2", "action", "outcome")}
    assert said == {
        "temp": "37.3", "temp2": "37.2", "action": "told_doctor", "outcome": "recheck_normal",
    }  # fmt: skip


def test_37_2_is_no_alert(leader: Leader, cases: list[str]) -> None:
    leader.wire.down()
    leader.taps_on('[data-action="round"]')
    leader.taps_on('[data-action="keys"]')
    for digit in "372":
        leader.taps_on(f'[data-digit="{digit}"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')

    leader.has_unsent(1)
    leader.sees('html[data-screen="round"]').wait_for(state="attached")


def test_what_comes_in_meanwhile_moves_no_row_under_the_finger(
    leader: Leader, server: Server, people: People
) -> None:
    leader.goes_to("")
    seen = leader.sees('[data-slot="todo"] [data-household]').nth(12)
    leader.page.evaluate("document.querySelector('#scroll').scrollTop = 1000")
    seen.scroll_into_view_if_needed()
    at = seen.bounding_box()
    door = leader.sees(f'[data-household="{seen.get_attribute("data-household")}"]')
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        rows = [row for row in head.everything() if row["grid"] == GROUP_1]
        isolate(head, [row for row in rows if row["kind"] == "person"][0:12:2])

    leader.phone.loses_signal()
    leader.phone.finds_signal()
    leader.sees('[data-action="round"][data-due="6"]').wait_for(state="attached")

    leader.wire.wait_until_quiet()
    eventually(door.bounding_box)  # none, in the moment in which the list is drawn anew
    now = door.bounding_box()
    assert at
    assert now
    assert abs(now["y"] - at["y"]) < 2


def test_what_comes_in_while_a_door_is_pressed_takes_no_tap_from_it(
    leader: Leader, server: Server, people: People
) -> None:
    leader.goes_to("")
    door = leader.sees('[data-slot="todo"] [data-household]').nth(1)
    wanted = door.get_attribute("data-household")
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        rows = [row for row in head.everything() if row["grid"] == GROUP_1]
        isolate(head, [row for row in rows if row["kind"] == "person"][0:12:2])
    leader.wire.forget()

    door.hover()
    leader.page.mouse.down()
    leader.phone.loses_signal()
    leader.phone.finds_signal()
    eventually(lambda: any(was_told_of_cases(post) for post in leader.wire.posts()))
    leader.page.wait_for_timeout(500)  # in which six people would have come above the doors
    expect(leader.sees('[data-action="round"]')).to_be_hidden()
    leader.page.mouse.up()

    leader.sees('html[data-screen="household"]').wait_for(state="attached")
    assert leader.page.evaluate("location.hash") == f"#/household/{wanted}"
    leader.goes_to("")
    leader.sees('[data-action="round"][data-due="6"]').wait_for(state="attached")


def was_told_of_cases(post: Exchange) -> bool:
    return post.answer is not None and "isolation_case" in str(post.answer.json)
