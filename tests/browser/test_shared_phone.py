"""AT-3: one phone, two people. Nothing is lost, read by the other, or sent in a wrong name."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.messages import Answer
from tests.browser.office import PHONES, Town

BUSY = Answer(503, [("Content-Type", "text/plain")], b"busy")


def test_leaving_the_phone_is_refused_while_something_is_unsent(leader: Leader, town: Town) -> None:
    leader.wire.down()
    leader.visits(leader.households()[0]).finds_everything_fine()

    leader.goes_to("settings")
    leader.taps_on('[data-action="logout"]')

    refusal = leader.sees('[data-slot="refused"]')
    expect(refusal).to_contain_text("1")
    expect(refusal.locator('[data-action="send"]')).to_be_visible()
    expect(refusal.locator('[data-action="export"]')).to_be_visible()
    leader.has_unsent(1)

    leader.wire.up()
    refusal.locator('[data-action="send"]').click()
    leader.has_sent_everything()
    leader.goes_to("settings")
    leader.taps_on('[data-action="logout"]')
    leader.sees('html[data-screen="login"]').wait_for(state="attached")
    kept = leader.page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert set(kept) <= {"fieldapp", "fieldapp-probe"}  # no member's
    assert len(town.visits()) == 1


def test_another_member_sees_nothing_of_the_first_whose_visits_later_go_under_their_own_name(
    leader: Leader, town: Town
) -> None:
    doors = leader.households()
    leader.wire.down()
    for door in doors[:3]:
        leader.visits(door).finds_everything_fine()
    leader.wire.up()
    leader.wire.refuse(503)  # the first member's visits cannot leave before the phone changes hands

    other = Leader(leader.phone, leader.wire, leader.people, "李有福")
    other.opens_the_link()
    other.taps_on("main button")
    other.page.wait_for_url("**/phone/**")
    leader.wire.up()
    other.sees("[data-household]").first.wait_for()
    expect(other.sees("[data-household]")).to_have_count(5)
    assert other.outbox() == []
    assert not set(doors) & set(other.households())
    other.has_unsent(0)
    assert town.visits() == []

    leader.joins()
    assert set(doors) & set(leader.households())
    leader.sends_now()
    leader.has_sent_everything()

    visits = town.visits()
    assert sorted(visit["fields"]["hh"] for visit in visits) == sorted(doors[:3])
    assert {visit["author"] for visit in visits} == {PHONES["王桂兰"]}


def test_who_joins_on_anothers_phone_is_never_shown_their_doors_however_slow_the_line_is(
    leader: Leader,
) -> None:
    other = Leader(leader.phone, leader.wire, leader.people, "李有福")
    other.opens_the_link()
    other.wire.answer(BUSY, path="/phone/me")
    other.taps_on("main button")
    other.page.wait_for_url("**/phone/**")
    other.ready()

    expect(other.sees("html")).to_have_attribute("data-screen", "login")
    assert other.sees("[data-household]").count() == 0

    other.wire.up()
    other.opens()
    other.sees("[data-household]").first.wait_for()
    expect(other.sees("[data-household]")).to_have_count(5)


def test_what_was_said_at_the_join_never_keeps_a_member_from_their_own_doors(
    leader: Leader,
) -> None:
    leader.page.evaluate("document.cookie = 'whose=99999; Path=/phone'")
    leader.opens()
    leader.sees("[data-household]").first.wait_for()
    leader.wire.wait_until_quiet()

    leader.wire.down()
    leader.opens()

    leader.sees("[data-household]").first.wait_for()
