"""AT-1: the browser wipes what the phone kept. Nobody can prevent it; everybody is told."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Clerk
from tests.browser.phone import Phone
from tests.browser.smalltown import People
from tests.browser.wire import Wire


def test_the_member_and_the_town_learn_how_many_records_a_wiped_phone_lost(
    leader: Leader, clerk: Clerk
) -> None:
    doors = leader.households()
    leader.wire.down()
    for door in doors[:7]:
        leader.visits(door).finds_everything_fine()
    leader.has_unsent(7)

    leader.phone.wipe(leader.wire.url)
    leader.wire.up()
    leader.opens()

    expect(leader.sees('[data-notice="loss"]')).to_contain_text("7")
    leader.sees("[data-household]").first.wait_for()
    leader.wire.wait_until_quiet()
    clerk.opens("/township/")
    clerk.sees('a[href="/township/losses/"]').last.click()
    loss = clerk.sees("main tr", has_text="王桂兰")
    expect(loss).to_contain_text("7")


def test_keeping_safe_is_asked_for_at_the_first_save_and_a_refusal_is_advice_not_an_error(
    phone: Phone, wire: Wire, people: People
) -> None:
    phone.before_every_page("""
        globalThis.asked = 0;
        StorageManager.prototype.persist = async () => { globalThis.asked += 1; return false; };
        StorageManager.prototype.persisted = async () => false;
    """)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    door = leader.households()[0]
    assert leader.page.evaluate("asked") == 0

    leader.visits(door).finds_everything_fine()

    leader.page.wait_for_timeout(100)
    assert leader.page.evaluate("asked") == 1
    assert leader.sees(".note.wrong:visible").count() == 0
    leader.goes_to("ready")
    expect(leader.sees('[data-fact="persisted"]')).to_be_visible()
    expect(leader.sees("main")).to_contain_text("主屏幕")
