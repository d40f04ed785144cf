"""U9, AT-22: files of households and people, made and put right without a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.actors import SAVED, Form, Leader
from tests.browser.office import Clerk, Town
from tests.browser.phone import Chromium, Phone
from tests.browser.smalltown import People
from tests.browser.wire import Wire

NEXT, SAVE = 'form [data-action="next"]', 'form [data-action="save"]'


@pytest.fixture
def head(chromium: Chromium, wire: Wire, people: People) -> Iterator[Leader]:
    """周国强, head of the village, with a phone of his own."""
    context = chromium.browser.new_context()
    phone = Phone(context)
    head = Leader(phone, wire, people, "周国强")
    head.joins()
    head.gets_ready_for_offline()
    yield head
    context.close()
    assert not phone.mishaps, phone.mishaps


def test_a_new_household_with_one_person_takes_at_most_twelve_taps_besides_the_name(
    leader: Leader, town: Town
) -> None:
    leader.goes_to("")
    leader.wire.down()
    leader.taps = 0

    leader.taps_on('[data-place="households"]')
    leader.taps_on('main [data-action="new-household"]')
    leader.taps_on('[name="head_name"]')
    leader.page.keyboard.type("欧阳春花")
    leader.taps_on(NEXT)
    leader.taps_on('[data-question="address_text"] [data-quick] button >> nth=0')
    leader.taps_on(NEXT)
    leader.taps_on('label:has([name="occupied"][value="resident"])')
    leader.taps_on(NEXT)
    leader.taps_on('label:has([name="no_phone"][value="true"])')
    leader.taps_on(SAVE)

    expect(leader.sees("#said")).to_contain_text(SAVED)
    assert leader.taps <= 12, f"{leader.taps} taps"
    leader.sees('html[data-screen="household"]').wait_for(state="attached")
    leader.taps_on('[data-action="fine"]')  # used at once, before anything was sent
    leader.has_unsent(3)
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    (household,) = (
        one for one in town.records("household") if one["fields"]["head_name"] == "欧阳春花"
    )
    assert household["fields"]["address_text"] == "1组51号"
    (person,) = (one for one in town.records("person") if one["fields"]["name"] == "欧阳春花")
    assert person["fields"]["hh"] == household["record"]
    assert [one["fields"]["hh"] for one in town.visits()] == [household["record"]]
    assert town.held() == []


def test_whoever_may_be_in_the_files_is_asked_about_and_saved_all_the_same(
    leader: Leader, town: Town
) -> None:
    door = leader.households()[1]
    leader.goes_to(f"file/{door}")
    name = leader.sees("[data-person] b").first.inner_text()
    born = year_of(town, name)
    leader.goes_to(f"new-person/{door}")
    form = Form(leader, "new-person")

    form.answers("name", name[:2] + "苗")
    leader.page.wait_for_timeout(600)
    expect(leader.sees("[data-likely]")).to_have_count(0)

    form.answers("name", name)
    form.answers("age", str(2026 - born))
    expect(leader.sees("[data-likely] [data-like]").first).to_contain_text(name)
    form.saves()

    expect(leader.sees("#said")).to_contain_text(SAVED)
    expect(leader.sees("[data-likely]")).to_contain_text(name)  # twice in one household


def test_two_files_become_one_and_two_again(leader: Leader, town: Town) -> None:
    first, second, *_ = leader.households()
    leader.visits(second).finds_everything_fine()
    leader.wire.down()
    leader.goes_to(f"merge/household/{first}")
    leader.taps_on(f'[data-target="{second}"]')
    leader.taps_on('[data-differing="head_phone"] label >> nth=1')
    leader.taps_on('[data-action="merge-yes"]')

    remains = leader.sees('[data-action="apart"]')
    remains.wait_for()
    gone = remains.get_attribute("data-apart")
    (kept,) = {first, second} - {gone}
    assert kept == second, "the one with a visit remains"
    assert gone not in leader.households()
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    merged = {one["record"]: one["fields"] for one in town.records("household")}
    assert (merged[first]["voided"], merged[first]["merged_into"]) == (True, second)

    leader.goes_to(f"file/{second}")
    leader.taps_on('[data-action="apart"]')
    expect(leader.sees('[data-action="apart"]')).to_have_count(0)
    leader.sends_now()
    leader.has_sent_everything()
    apart = {one["record"]: one["fields"] for one in town.records("household")}
    assert (apart[first]["voided"], apart[first]["merged_into"]) == (False, None)
    assert first in leader.households()


def test_a_person_moves_to_another_household(leader: Leader, town: Town) -> None:
    first, second, *_ = leader.households()
    leader.goes_to(f"file/{first}")
    leader.taps_on("[data-person] >> nth=-1")
    leader.taps_on('[data-action="move"]')
    leader.taps_on(f'[data-target="{second}"]')
    expect(leader.sees("#said")).to_contain_text(SAVED)
    person = leader.page.evaluate("location.hash.split('/').pop()")

    leader.sends_now()
    leader.has_sent_everything()
    homes = {one["record"]: one["fields"]["hh"] for one in town.records("person")}
    assert homes[person] == second


def test_two_phones_put_different_lines_right_and_both_stay(
    leader: Leader, head: Leader, town: Town
) -> None:
    door = leader.households()[0]
    leader.wire.down()
    puts_right(leader, door, "head", nickname="王木匠家")
    puts_right(head, door, "remark", remark="院里有狗")
    leader.wire.up()
    for one in (leader, head, leader):
        one.sends_now()
        one.has_sent_everything()

    fields = household(town, door)["fields"]
    assert (fields["nickname"], fields["remark"]) == ("王木匠家", "院里有狗")
    assert not household(town, door)["flagged"]
    leader.goes_to(f"file/{door}")
    expect(leader.sees('[data-group="remark"]')).to_contain_text("院里有狗")
    expect(leader.sees("[data-disputed]")).to_have_count(0)


def test_what_two_phones_say_differently_is_told_on_both_until_the_township_settles_it(
    leader: Leader, head: Leader, town: Town, clerk: Clerk
) -> None:
    door = leader.households()[0]
    leader.wire.down()
    puts_right(leader, door, "head", nickname="王木匠家")
    puts_right(head, door, "head", nickname="老王家")
    leader.wire.up()
    for one in (leader, head, leader):
        one.sends_now()
        one.has_sent_everything()

    leader.goes_to(f"file/{door}")
    told = leader.sees('[data-disputed="nickname"]')
    expect(told).to_contain_text("老王家")
    expect(told).to_contain_text("王木匠家")
    head.goes_to(f"file/{door}")
    expect(head.sees('[data-disputed="nickname"]')).to_contain_text("老王家")

    clerk.opens("/township/conflicts/")
    clerk.sees(".versus button", has_text="王木匠家").click()
    clerk.sees("main .note.fine, main .empty").first.wait_for()
    for one in (leader, head):
        one.sends_now()
        one.goes_to(f"file/{door}")
        expect(one.sees('[data-group="head"]')).to_contain_text("王木匠家")
        expect(one.sees("[data-disputed]")).to_have_count(0)


def test_a_half_entered_household_is_found_again_under_today(leader: Leader) -> None:
    leader.goes_to("new-household")
    Form(leader, "new-household").answers("head_name", "欧阳春花")
    leader.page.wait_for_timeout(500)
    leader.opens()

    leader.taps_on("[data-draft]")

    expect(leader.sees('[name="head_name"]')).to_have_value("欧阳春花")


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_screen_of_the_files_can_be_read_tapped_and_heard(
    leader: Leader, language: str, light: str
) -> None:
    first, second, *_ = leader.households()
    leader.opens(f"/phone/{language}")
    leader.page.emulate_media(color_scheme="dark" if light == "dark" else "light")
    leader.goes_to(f"file/{first}")
    person = leader.sees("[data-person]").first.get_attribute("data-person")
    found = []
    routes = (
        *(f"file/{first}", f"person/{person}", f"amend/household.{first}.care", "new-household"),
        *(f"amend/person.{person}.age", f"new-person/{first}", f"move/person/{person}"),
        *(f"merge/household/{first}", f"merge/household/{first}/{second}"),
    )
    for route in routes:
        leader.goes_to(route)
        leader.sees("main h1").wait_for()
        page = leader.page
        complaints = eyes.small_text(page) + eyes.small_targets(page) + eyes.axe_findings(page)
        found += [f"{route}: {one}" for one in complaints]

    assert found == []


def puts_right(who: Leader, door: str, group: str, **answers: str) -> None:
    """Taps a line of the file and answers it anew."""
    who.goes_to(f"file/{door}")
    who.taps_on(f'[data-group="{group}"]')
    form = Form(who, "amend")
    for key, value in answers.items():
        form.answers(key, value)
    form.saves()
    expect(who.sees("#said")).to_contain_text(SAVED)


def household(town: Town, record: str) -> dict[str, Any]:
    return next(one for one in town.records("household") if one["record"] == record)


def year_of(town: Town, name: str) -> int:
    fields = (one["fields"] for one in town.records("person"))
    return next(one["birth_year"] for one in fields if one["name"] == name)
