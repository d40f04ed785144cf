"""AT-6: thick fingers on a slow phone."""

from __future__ import annotations

import time

from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
from tests.browser.office import Town


def test_six_quick_taps_on_a_slow_phone_make_one_visit(leader: Leader, town: Town) -> None:
    door = leader.households()[0]
    leader.goes_to("")
    leader.taps_on(f'[data-household="{door}"]')
    button = leader.sees('[data-action="fine"]')
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    fingers = leader.phone.cdp()
    fingers.send("Emulation.setCPUThrottlingRate", {"rate": 6})

    for _ in range(6):
        where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        tap = where | {"button": "left", "clickCount": 1}
        fingers.send("Input.dispatchMouseEvent", tap | {"type": "mousePressed"})
        fingers.send("Input.dispatchMouseEvent", tap | {"type": "mouseReleased"})
        time.sleep(0.1)
    fingers.send("Emulation.setCPUThrottlingRate", {"rate": 1})

    leader.has_unsent(1)
    leader.sends_now()
    leader.has_sent_everything()
    assert [visit["fields"]["hh"] for visit in town.visits()] == [door]
    assert len(leader.outbox()) == 1


# Presses once more, as a key that is held does, in the moment in which "saved" is said: the screen
# is drawn anew only after that.
HELD = """(button) => {
    const said = document.querySelector("#said");
    new MutationObserver((_, watcher) => (watcher.disconnect(), button.click()))
        .observe(said, {childList: true, characterData: true, subtree: true});
    button.click();
}"""


def test_a_key_that_is_held_makes_one_visit_and_another_can_follow(leader: Leader, town: Town):
    first, second, *_ = leader.households()
    leader.goes_to("")
    leader.taps_on(f'[data-household="{first}"]')
    leader.sees('[data-action="fine"]').evaluate(HELD)
    leader.sees("main [data-saved]").wait_for()
    leader.visits(second).finds_everything_fine()

    leader.has_unsent(2)
    leader.sends_now()
    leader.has_sent_everything()
    assert sorted(visit["fields"]["hh"] for visit in town.visits()) == sorted([first, second])


def test_a_slip_is_taken_back_for_ten_seconds(leader: Leader, town: Town) -> None:
    first, second, *_ = leader.households()
    leader.visits(first).finds_everything_fine()

    leader.taps_on('[data-action="undo"]')

    leader.has_unsent(0)
    assert leader.outbox() == []
    leader.visits(second).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()
    assert [visit["fields"]["hh"] for visit in town.visits()] == [second]


def test_a_visit_is_put_right_by_another_change(leader: Leader, town: Town) -> None:
    door = leader.households()[0]
    leader.visits(door).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()

    record = leader.outbox()[0]["record"]
    leader.goes_to(f"record/{record}")
    leader.taps_on('[data-action="withdraw"]')
    leader.taps_on('[data-action="withdraw-yes"]')
    leader.has_unsent(1)
    leader.sends_now()
    leader.has_sent_everything()

    visits = town.visits()
    assert [(visit["record"], visit["fields"]["voided"]) for visit in visits] == [(record, True)]
    expect(leader.sees("[data-change]")).to_have_count(2)


# Whoever taps on while the disk still writes, as on a slow phone.
SAVES_AND_LEAVES = """(button) => {
    button.click();
    location.hash = "#/outbox";
}"""


def test_who_has_gone_elsewhere_when_the_disk_is_done_is_left_there(leader: Leader) -> None:
    leader.visits(leader.households()[0]).finds_everything_fine()
    record = leader.outbox()[0]["record"]
    leader.page.evaluate(f"location.hash = '#/record/{record}/correct'")
    form = Form(leader, "visit")
    form.walks_through({"result": "refused"})

    leader.sees('form [data-action="save"]').evaluate(SAVES_AND_LEAVES)

    leader.has_unsent(2)
    expect(leader.sees("#said")).to_contain_text("更正")
    expect(leader.sees("html")).to_have_attribute("data-screen", "outbox")
    assert leader.page.url.endswith("#/outbox")
