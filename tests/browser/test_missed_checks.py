"""U5: after the morning the village head sees who was not checked, and whom to call about it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.isolation import day, device_of, isolate, lets_checks_be_made, record_check
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, GROUP_2, People

MORNING_IS_OVER = "morning 00:00-00:01"  # an hour that has passed whenever the story is told

HEARD_GOOD_FOR_MS = 5_000  # younger knowledge of whose phone was heard from is not asked for again


def test_the_head_sees_who_was_missed_with_a_call_button_and_nobody_who_was_released(
    leader: Leader, joining: Callable[[str], Leader], server: Server, people: People
) -> None:
    lets_checks_be_made(server, MORNING_IS_OVER)
    with device_of(server, people, "周国强") as device:
        persons = [one for one in device.everything() if one["kind"] == "person"]
        of_1 = [one for one in persons if one["grid"] == GROUP_1]
        of_2 = [one for one in persons if one["grid"] == GROUP_2]
        checked, *missed = isolate(device, of_1[0:6:2])
        paper = {"state": "released", "released_on": day(), "release_no": "柳解0001"}
        released = isolate(device, of_1[6:8], since=20, **paper)
        (unheard,) = isolate(device, of_2[:1])
        record_check(device, {"record": checked, "grid": GROUP_1, "fields": of_1[0]["fields"]})
    leader.opens()
    leader.wire.wait_until_quiet()
    head = joining("周国强")

    head.goes_to("missed")

    sums = {"due": "4", "done": "1", "missed": "2", "unknown": "1"}
    for name, number in sums.items():
        expect(head.sees("#missed")).to_have_attribute(f"data-{name}", number)
    group = head.sees(f'[data-grid="{GROUP_1}"]')
    expect(group).to_contain_text("王桂兰")
    expect(group.locator('a[href="tel:13900000001"]')).to_be_visible()
    rows = group.locator('[data-case][data-state="missed"]')
    assert sorted(rows.evaluate_all("rows => rows.map(row => row.dataset.case)")) == sorted(missed)
    for case in (checked, *released):
        expect(head.sees(f'[data-grid] [data-case="{case}"]')).to_have_count(0)

    silent = head.sees(f'[data-grid="{GROUP_2}"]')
    expect(silent.locator(f'[data-case="{unheard}"]')).to_have_attribute("data-state", "unknown")
    expect(silent).to_contain_text("还没")
    with device_of(server, people, "李有福") as phone_of_group_2:
        phone_of_group_2.sync([])
    head.goes_to("")
    head.page.wait_for_timeout(HEARD_GOOD_FOR_MS)
    head.goes_to("missed")
    expect(silent.locator(f'[data-case="{unheard}"]')).to_have_attribute("data-state", "missed")
    expect(head.sees("#missed")).to_have_attribute("data-unknown", "0")
