"""U3 and U4: the village head and the village doctor see within ten seconds what concerns them."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
from tests.browser.isolation import device_of, isolate, lets_checks_be_made
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People
from tests.browser.test_returnee_found import somebody_back_from_wuhan, today

AT_ONCE_MS = 10_000


def test_head_and_doctor_see_returnee_and_case_ten_seconds_after_the_leader_sent_them(
    leader: Leader, joining: Callable[[str], Leader]
) -> None:
    head, doctor = joining("周国强"), joining("陈医生")
    for watching in (head, doctor):
        watching.goes_to("cases")
        expect(watching.sees("main")).to_contain_text("没有人")
    door = leader.households()[0]
    leader.wire.down()
    leader.goes_to(f"returnee/{door}")
    form = Form(leader, "returnee")
    form.walks_through(somebody_back_from_wuhan(today()))
    form.saves()
    leader.sees("#plan").wait_for()
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    sent = time.monotonic()

    for watching in (head, doctor):
        left_ms = AT_ONCE_MS - 1000 * (time.monotonic() - sent)
        row = watching.sees("main [data-case]")
        expect(row).to_contain_text("刘志远", timeout=max(1, left_ms))
        returnee = leader.outbox()[-1]["record"]
        watching.goes_to(f"plan/{returnee}")
        expect(watching.sees("#plan")).to_have_attribute("data-end", today(14))


def test_37_3_leaves_the_phone_first_and_is_on_the_doctors_and_heads_screens_in_ten_seconds(
    leader: Leader, joining: Callable[[str], Leader], server: Server, people: People
) -> None:
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as device:
        persons = [one for one in device.everything() if one["kind"] == "person"]
        (case,) = isolate(device, [one for one in persons if one["grid"] == GROUP_1][:1])
    leader.opens()
    leader.sees('[data-action="round"]').wait_for()
    watching = [joining(who) for who in ("陈医生", "周国强")]
    for one in watching:
        one.goes_to("cases")
        expect(one.sees(f'[data-slot="due"] [data-case="{case}"]')).to_be_visible()
    leader.wire.wait_until_quiet()
    leader.wire.down()
    for door in leader.households()[1:3]:
        leader.visits(door).finds_everything_fine()
    measures_37_3(leader, case)
    leader.wire.forget()
    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    sent = time.monotonic()

    for one in watching:
        left_ms = AT_ONCE_MS - 1000 * (time.monotonic() - sent)
        alert = one.sees(f'[data-slot="alerts"] [data-case="{case}"]')
        expect(alert).to_contain_text("37.3", timeout=max(1, left_ms))
    kinds = [change["kind"] for change in leader.wire.changes()]
    assert kinds == ["health_check", "visit", "visit"]


def measures_37_3(leader: Leader, case: str) -> None:
    leader.goes_to(f"round/{case}")
    leader.taps_on('[data-action="keys"]')
    for digit in "373":
        leader.taps_on(f'[data-digit="{digit}"]')
    leader.taps_on('[data-action="well"]')
    leader.taps_on('[data-action="save"]')
    leader.sees('#alert[data-open="true"]').wait_for()
