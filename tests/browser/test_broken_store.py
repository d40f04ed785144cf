"""AT-10 and AT-11: the phone's own store closes, refuses to open, or is full."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.phone import Phone
from tests.browser.smalltown import People
from tests.browser.wire import Wire

# Remembers every database the page opened; lets the next openings fail, or all writing, on demand.
CLUMSY_STORE = """{
    globalThis.opened = [];
    globalThis.failing = 0;
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...given) {
        if (failing > 0) {
            failing -= 1;
            throw new DOMException("Internal error opening backing store", "UnknownError");
        }
        const asked = open.apply(this, given);
        asked.addEventListener("success", () => opened.push(asked.result));
        return asked;
    };
    globalThis.full = false;
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function (...given) {
        if (full) throw new DOMException("The quota has been exceeded", "QuotaExceededError");
        return add.apply(this, given);
    };
}"""


def close_the_store(leader: Leader, *, then_fail: int) -> None:
    leader.page.evaluate(
        "then_fail => { opened.splice(0).forEach(db => db.close()); failing = then_fail; }",
        then_fail,
    )


def test_a_store_that_was_closed_is_opened_again_without_a_word(
    phone: Phone, wire: Wire, people: People, town: Town
) -> None:
    phone.before_every_page(CLUMSY_STORE)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    first = leader.households()[0]

    close_the_store(leader, then_fail=0)
    leader.visits(first).finds_everything_fine()

    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1


def test_a_store_that_does_not_open_is_named_before_the_member_leaves_the_door(
    phone: Phone, wire: Wire, people: People, town: Town
) -> None:
    phone.before_every_page(CLUMSY_STORE)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    door = leader.households()[0]
    leader.goes_to("")
    leader.taps_on(f'[data-household="{door}"]')
    close_the_store(leader, then_fail=2)

    leader.taps_on('[data-action="fine"]')
    saved, fault = leader.sees("main [data-saved]"), leader.sees("main [data-fault]")
    expect(saved.or_(fault).locator("visible=true").first).to_be_visible()
    for _ in range(2):
        if saved.is_visible():
            break
        assert fault.inner_text()
        leader.taps_on('[data-action="fine"]')  # still there to be tapped again
        leader.page.wait_for_timeout(200)

    expect(saved).to_be_visible()
    leader.opens()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1


def test_a_full_phone_says_so_at_the_door_and_calls_nothing_saved(
    phone: Phone, wire: Wire, people: People, town: Town
) -> None:
    phone.before_every_page(CLUMSY_STORE)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    door = leader.households()[0]
    leader.goes_to("")
    leader.taps_on(f'[data-household="{door}"]')
    leader.sees('[data-action="fine"]').wait_for()
    leader.page.evaluate("full = true")

    leader.taps_on('[data-action="fine"]')
    expect(leader.sees("main [data-fault]")).to_contain_text("满")
    expect(leader.sees("main [data-saved]")).to_be_hidden()
    leader.has_unsent(0)

    leader.page.evaluate("full = false")
    leader.taps_on('[data-action="fine"]')
    expect(leader.sees("main [data-saved]")).to_be_visible()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1


def test_five_megabytes_are_enough_for_a_visit(leader: Leader, town: Town) -> None:
    leader.phone.has_room_for(5, leader.wire.url)

    leader.visits(leader.households()[0]).finds_everything_fine()

    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1


@pytest.mark.parametrize(("used", "is_warned"), [(3_900_000, False), (4_100_000, True)])
def test_a_phone_four_fifths_full_is_a_reason_to_warn(
    leader: Leader, used: int, is_warned: bool
) -> None:
    # Chromium reports a made-up quota to pages, whatever it grants them; others tell the truth.
    leader.phone.before_every_page(f"""
        StorageManager.prototype.estimate = async () => ({{usage: {used}, quota: 5_000_000}});
    """)

    leader.opens()

    leader.goes_to("ready")
    leader.sees('[data-fact="space"]').wait_for()
    expect(leader.sees('[data-notice="full"]')).to_be_visible(visible=is_warned)
