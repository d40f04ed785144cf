"""U3 and U4: the village head and the village doctor see within ten seconds what concerns them."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
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
