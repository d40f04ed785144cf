"""A case of home isolation changes hands, and comes to its end."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.isolation import day, device_of, isolate, lets_checks_be_made, record_check
from tests.browser.member import Json
from tests.browser.office import Town
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, GROUP_2, People
from tests.browser.wire import Wire


def person_of(rows: list[Json], grid: str) -> Json:
    return next(row for row in rows if row["kind"] == "person" and row["grid"] == grid)


def test_a_person_is_handed_to_another_grid_and_confirmed_at_a_door_there(
    leader: Leader, server: Server, people: People, town: Town
) -> None:
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        person = person_of(head.everything(), GROUP_1)
        [case] = isolate(head, [person])
        row = next(one for one in head.everything() if one["record"] == case)
        for ago in (1, 2, 3):
            record_check(head, row, date=day(ago))
    leader.opens()
    leader.sees('[data-action="round"]').wait_for()

    leader.goes_to(f"case/{case}")
    leader.taps_on('[data-slot="moving"] summary')
    leader.taps_on(f'[data-slot="grids"] [data-code="{GROUP_2}"]')
    leader.taps_on('[data-action="move-yes"]')
    leader.sees('html[data-screen="today"]').wait_for(state="attached")
    leader.sends_now()
    leader.has_sent_everything()
    leader.goes_to(f"case/{case}")
    expect(leader.sees("#case")).to_have_count(0)

    other = Leader(leader.phone, leader.wire, people, "李有福")
    leader.phone.context.clear_cookies()
    leader.phone.wipe(leader.wire.url)
    other.joins()
    other.gets_ready_for_offline()
    other.opens()
    other.taps_on(f'[data-due="arrival"][data-case="{case}"], [data-case="{case}"] a')
    other.taps_on('[data-action="arrived"]')
    other.taps_on('[data-slot="door-rows"] [data-household] >> nth=2')
    expect(other.sees("#case")).to_have_attribute("data-state", "isolating")
    other.sends_now()
    other.has_sent_everything()

    [settled] = town.records("isolation_case")
    said = {key: settled["fields"][key] for key in ("state", "handed_from", "carried_slots")}
    assert said == {"state": "isolating", "handed_from": GROUP_1, "carried_slots": 3}
    assert settled["grid"] == GROUP_2
    moved = next(one for one in town.records("person") if one["record"] == person["record"])
    assert (moved["grid"], moved["fields"]["hh"]) == (GROUP_2, settled["fields"]["hh"])


def test_a_doctor_releases_whose_time_is_over_and_nobody_else(
    phone: Phone, wire: Wire, server: Server, people: People, town: Town
) -> None:
    with device_of(server, people, "周国强") as head:
        persons = [row for row in head.everything() if row["kind"] == "person"][:2]
        [ended] = isolate(head, persons[:1], since=15)
        [running] = isolate(head, persons[1:], since=14)
    doctor = Leader(phone, wire, people, "陈医生")
    doctor.joins()
    doctor.gets_ready_for_offline()
    doctor.opens()
    doctor.taps_on('[data-action="cases"]')
    expect(doctor.sees('[data-slot="ended"] [data-case]')).to_have_count(1)

    doctor.goes_to(f"release/{running}")
    expect(doctor.sees("#conditions")).to_have_attribute("data-releasable", "false")
    expect(doctor.sees('[data-form="release"]')).to_be_hidden()
    doctor.goes_to(f"release/{ended}")
    expect(doctor.sees('[data-condition="checks"]')).to_contain_text("0/28")
    doctor.taps_on('[data-action="save"]')
    expect(doctor.sees("#error-release_no")).not_to_be_empty()
    doctor.sees("#release_no").fill("2026-17")
    doctor.taps_on('[data-action="save"]')

    expect(doctor.sees("#notice-paper")).to_contain_text("2026-17")
    expect(doctor.sees("#notice-paper")).to_contain_text(persons[0]["fields"]["name"])
    doctor.sends_now()
    doctor.has_sent_everything()
    states = {one["record"]: one["fields"]["state"] for one in town.records("isolation_case")}
    assert states == {ended: "released", running: "isolating"}
    assert town.held() == []
