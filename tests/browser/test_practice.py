"""练习户: everything can be tried there, and the township never hears of it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
from tests.browser.office import Town
from tests.browser.test_returnee_found import somebody_back_from_wuhan, today


def test_whatever_is_tried_at_the_practice_household_stays_on_the_phone(
    leader: Leader, town: Town
) -> None:
    before = len(leader.households())
    leader.taps_on(".rows.practice a")
    leader.sees('html[data-screen="household"][data-practice]').wait_for()
    expect(leader.sees(".band.practice")).to_be_visible()

    leader.taps_on('main [data-action="fine"]')
    expect(leader.sees("main [data-saved]")).to_be_visible()
    leader.taps_on('main [data-action="returnee"]')
    form = Form(leader, "returnee")
    form.walks_through(somebody_back_from_wuhan(today()))
    form.saves()
    leader.sees("#plan").wait_for()

    leader.has_unsent(0)
    leader.sends_now()
    leader.has_sent_everything()
    assert leader.outbox() == []
    assert [change["kind"] for change in leader.wire.changes()] == []
    assert town.visits() == []
    assert town.records("returnee") == []
    leader.goes_to("")
    expect(leader.sees("#done b")).to_have_text("0")
    expect(leader.sees(".band.practice")).to_be_hidden()
    assert len(leader.households()) == before


def test_a_practice_visit_can_be_looked_at_put_right_and_taken_back(leader: Leader) -> None:
    leader.goes_to("households")
    leader.taps_on(".rows.practice a")
    leader.taps_on('main [data-action="nobody"]')
    saved = leader.sees("main [data-saved]")
    expect(saved).to_be_visible()
    leader.taps_on('[data-action="undo"]')
    expect(saved).to_be_hidden()

    leader.taps_on('main [data-action="nobody"]')
    leader.taps_on("main [data-saved]")
    leader.sees('html[data-screen="record"]').wait_for()

    expect(leader.sees("main .note").first).to_contain_text("练习")
