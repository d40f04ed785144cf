"""Somebody in isolation moves to another grid: one phone lets go, the other confirms."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.isolation import device_of, isolate, lets_checks_be_made, record_check
from tests.browser.office import Town
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, GROUP_2, People


def test_a_case_handed_over_offline_leaves_one_phone_and_waits_on_the_other_to_be_confirmed(
    leader: Leader, joining: Callable[[str], Leader], server: Server, people: People, town: Town
) -> None:
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        persons = [one for one in head.everything() if one["kind"] == "person"]
        person = next(one for one in persons if one["grid"] == GROUP_1)
        (case,) = isolate(head, [person])
        record_check(head, {"record": case, "grid": GROUP_1, "fields": person["fields"]})
    leader.opens()
    leader.sees('[data-done="true"]').first.wait_for(state="attached")
    leader.wire.wait_until_quiet()
    leader.wire.down()
    leader.goes_to(f"case/{case}")
    leader.taps_on('[data-slot="moving"] summary')
    leader.taps_on(f'[data-slot="grids"] button[data-code="{GROUP_2}"]')
    leader.taps_on('[data-action="move-yes"]')
    leader.has_unsent(2)  # the case, and the person
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    leader.goes_to("cases")
    expect(leader.sees("#counted")).to_be_visible()
    expect(leader.sees(f'[data-case="{case}"]')).to_have_count(0)

    other = joining("李有福")
    door = other.households()[0]
    other.goes_to("")
    expect(other.sees(f'[data-due="arrival"][data-case="{case}"]')).to_be_visible()
    other.wire.wait_until_quiet()
    other.wire.down()
    other.goes_to(f"case/{case}")
    other.taps_on('[data-action="arrived"]')
    other.taps_on('[data-slot="door-rows"] a >> nth=0')
    expect(other.sees("#case")).to_have_attribute("data-state", "isolating")
    expect(other.sees("#case")).to_have_attribute("data-done", "1")  # made where they were before
    other.wire.up()
    other.sends_now()
    other.has_sent_everything()

    (moved,) = town.records("isolation_case")
    assert (moved["fields"]["state"], moved["fields"]["hh"]) == ("isolating", door)
    assert moved["fields"]["handed_from"] == GROUP_1
    assert moved["grid"] == GROUP_2
    assert town.held() == []
