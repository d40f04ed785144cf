"""Three days without a network and a thousand records on one phone: today is right on each day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import expect

from bench.save import FILL
from tests.browser.actors import Leader
from tests.browser.isolation import day, device_of, isolate, lets_checks_be_made
from tests.browser.office import Town
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_3, People
from tests.browser.test_files import puts_right
from tests.browser.wire import Wire

RECORDS = 1000
ROUND = 'main [data-action="round"]'


@pytest.fixture
def three_cases(server: Server, people: People) -> list[str]:
    """Three people of 3组; the time of the first ends on the second of the three days."""
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        rows = [one for one in head.everything() if one["grid"] == GROUP_3]
        persons = [one for one in rows if one["kind"] == "person"]
        return isolate(head, persons[:1], since=16) + isolate(head, persons[4:12:4], since=8)


def test_today_is_right_on_each_of_three_days_offline_and_a_thousand_records_arrive_once(
    phone: Phone,
    wire: Wire,
    server: Server,
    people: People,
    three_cases: list[str],
    town: Town,
) -> None:
    leader = Leader(phone, wire, people, "赵秀英")
    leader.joins()
    leader.gets_ready_for_offline()
    expect(leader.sees(ROUND)).to_have_attribute("data-due", "2")
    wire.down()
    ending, *others = three_cases
    doors = leader.households()

    it_is(leader, days_ago=3)
    expect(leader.sees(ROUND)).to_have_attribute("data-due", "3")
    leader.visits(doors[9]).finds_nobody()
    leader.goes_to("")
    checks(leader, others[0])
    expect(leader.sees(ROUND)).to_have_attribute("data-due", "2")
    done = leader.sees(f'[data-case="{others[0]}"][data-done="true"]')
    expect(done).to_have_attribute("data-unsent", "true")
    leader.page.evaluate(FILL, {"count": RECORDS - 4, "doors": doors[20:100]})

    it_is(leader, days_ago=2)
    expect(leader.sees(ROUND)).to_have_attribute("data-due", "3")  # yesterday's does not count
    expect(leader.sees(f'main [data-case="{ending}"]')).to_have_count(1)
    for case in three_cases:
        checks(leader, case)
    expect(leader.sees(ROUND)).to_be_hidden()

    it_is(leader, days_ago=1)
    expect(leader.sees(ROUND)).to_have_attribute("data-due", "2")  # one whose time is over
    expect(leader.sees(f'main [data-due="check"][data-case="{ending}"]')).to_have_count(0)
    again = leader.sees(f'[data-slot="todo"] [data-household="{doors[9]}"]')
    expect(again).to_contain_text("该再去了")  # nobody was at home the day before yesterday
    due = leader.sees('main [data-due="check"]')
    assert sorted(due.evaluate_all("rows => rows.map(row => row.dataset.case)")) == sorted(others)

    it_is(leader, days_ago=0)
    leader.has_unsent(RECORDS)
    wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    sent = {one["record"] for one in wire.changes()}
    assert len(sent) == RECORDS
    arrived = [one["record"] for one in town.visits() + town.records("health_check")]
    assert sorted(arrived) == sorted(sent)
    assert town.held() == []


def test_a_household_put_right_by_two_members_on_two_days_offline_keeps_what_both_said(
    leader: Leader, joining: Callable[[str], Leader], wire: Wire, town: Town
) -> None:
    head = joining("周国强")
    door = leader.households()[0]
    wire.wait_until_quiet()
    wire.down()
    it_is(leader, days_ago=2)
    puts_right(leader, door, "head", nickname="王木匠家")
    puts_right(leader, door, "remark", remark="院里有狗")
    it_is(head, days_ago=1)
    puts_right(head, door, "head", nickname="老王家")
    it_is(leader, days_ago=0)
    it_is(head, days_ago=0)

    wire.up()
    for one in (leader, head):
        one.sends_now()
        one.has_sent_everything()

    (household,) = (one for one in town.records("household") if one["record"] == door)
    assert household["flagged"]
    assert household["fields"]["remark"] == "院里有狗"
    said = [change["fields"].get("nickname") for change in town.history("household", door)]
    assert {"王木匠家", "老王家"} <= set(said)
    assert town.held() == []


def it_is(leader: Leader, *, days_ago: int) -> None:
    """The phone is opened at nine in the morning of that day, or, of today, as late as it is."""
    morning = datetime.fromisoformat(f"{day(days_ago)}T09:00:00+08:00")
    now = datetime.now(morning.tzinfo)
    leader.phone.context.clock.set_system_time(morning if days_ago else now)
    leader.opens()


def checks(leader: Leader, case: str) -> None:
    """36.5, no symptoms, save."""
    before = leader.pending()
    leader.goes_to(f"round/{case}")
    leader.taps_on('[data-preset="36.5"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')
    leader.has_unsent(before + 1)
    leader.goes_to("")
