"""AT-20, AT-21 and AT-24: a wrong clock, a closing browser, a chat program's own browser."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.phone import WECHAT, Phone
from tests.browser.smalltown import People
from tests.browser.wire import Wire


@pytest.mark.parametrize("hours", [-365 * 24, 24])
def test_a_wrong_clock_is_named_with_both_times_and_does_not_bend_the_records(
    phone: Phone, wire: Wire, people: People, town: Town, hours: int
) -> None:
    phone.wrong_clock(hours=hours)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    notice = leader.sees('[data-notice="clock"]')
    expect(notice).to_be_visible()
    assert len([word for word in notice.inner_text().split() if ":" in word or "点" in word]) >= 2

    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()

    (visit,) = town.visits()
    made, received = (datetime.fromisoformat(visit[key]) for key in ("made_at", "received_at"))
    assert abs(made - received) < timedelta(minutes=5)
    assert town.held() == []
    sent = datetime.fromisoformat(str(wire.changes()[0]["made_at"]))
    assert abs(sent - received - timedelta(hours=hours)) < timedelta(minutes=5)


def test_a_clock_that_is_eight_minutes_off_is_no_reason_for_alarm(
    phone: Phone, wire: Wire, people: People
) -> None:
    phone.wrong_clock(hours=8 / 60)
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()

    assert not leader.sees('[data-notice="clock"]').is_visible()


def test_what_is_unsent_is_on_every_screen_and_nothing_promises_to_send_itself(
    leader: Leader,
) -> None:
    leader.wire.down()
    leader.visits(leader.households()[0]).finds_everything_fine()

    for route in ("", "households", "outbox", "settings", "ready"):
        leader.goes_to(route)
        expect(leader.sees("#sync")).to_contain_text("1")
        assert "后台" not in leader.sees("body").inner_text()


@pytest.mark.parametrize("moment", ["open", "visible", "online", "timer"])
def test_the_outbox_goes_out_by_itself_when_the_member_is_back(
    leader: Leader, town: Town, moment: str
) -> None:
    leader.phone.loses_signal()
    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_unsent(1)
    leader.wire.down()
    leader.phone.finds_signal()
    leader.wire.wait_until_quiet()
    leader.wire.up()

    if moment == "open":
        leader.opens()
    elif moment == "visible":
        leader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    elif moment == "online":
        leader.page.evaluate("dispatchEvent(new Event('online'))")

    leader.has_sent_everything()
    assert len(town.visits()) == 1


def test_wechat_is_told_how_to_open_the_browser_and_may_work_once_the_store_was_proved(
    phone: Phone, wire: Wire, people: People, town: Town
) -> None:
    phone.user_agent = WECHAT
    leader = Leader(phone, wire, people, "王桂兰")
    leader.opens_the_link()
    expect(leader.sees("main")).to_contain_text("浏览器")

    leader.accepts()
    expect(leader.sees('[data-notice="wechat"]')).to_contain_text("请在浏览器里打开")
    leader.goes_to("ready")
    expect(leader.sees("main")).to_contain_text("在浏览器打开")
    leader.visits(leader.households()[0]).finds_everything_fine()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1


def test_wechat_refuses_what_it_could_not_keep(phone: Phone, wire: Wire, people: People) -> None:
    phone.user_agent = WECHAT
    leader = Leader(phone, wire, people, "王桂兰")
    leader.joins()
    phone.before_every_page("""{
        const get = IDBObjectStore.prototype.get;
        IDBObjectStore.prototype.get = function (key) {
            return get.call(this, this.name === "probe" ? "forgotten" : key);
        };
    }""")

    leader.phone.open(wire.url + "/phone/")

    leader.sees('html[data-screen="blocked"]').wait_for(state="attached")
    expect(leader.sees("main")).to_contain_text("浏览器")
    assert leader.sees('[data-action="fine"]').count() == 0
