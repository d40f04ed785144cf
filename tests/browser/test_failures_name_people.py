"""AT-15: a failure is told with whose door it was, when it happened, and what can be done now."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser import store
from tests.browser.actors import Leader
from tests.browser.messages import Answer, Exchange
from tests.browser.office import Clerk
from tests.browser.wire import Wire

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}", re.IGNORECASE)
TIME = re.compile(r"\d\d:\d\d")
TOO_LARGE = Answer(413, [("Content-Type", "text/plain")], b"")


def test_every_failure_is_told_with_whose_door_and_when_and_what_to_do(
    leader: Leader, clerk: Clerk
) -> None:
    leader.wire.down()
    doors, names = leader.households()[:3], leader.sees("[data-household] b").all_inner_texts()
    for door in doors:
        leader.visits(door).finds_everything_fine()
    questioned, unsendable, _fine = [one["record"] for one in store.outbox(leader.page)]
    store.spoil(leader.page, questioned, mode="by_balloon")

    leader.wire.turn(lambda wire, exchange: refusing(wire, exchange, unsendable))
    leader.sends_now()
    expect(leader.sees(f'[data-record="{unsendable}"]')).to_have_attribute("data-state", "problem")
    expect(leader.sees(f'[data-record="{questioned}"]')).to_have_attribute("data-state", "held")

    for nth, record in enumerate((questioned, unsendable)):
        row = leader.sees(f'[data-record="{record}"]')
        expect(row.locator(".plate")).to_have_text(str(nth + 1))
        names_people(row, names[nth])
        expect(row.locator("a, button")).to_have_count(1)  # the row leads to what can be done
    leader.taps_on(f'[data-record="{unsendable}"] a')
    expect(leader.sees('main [data-action="retry"]')).to_be_visible()
    names_people(leader.sees("main"), names[1])

    clerk.opens("/township/held/?lang=zh")
    case = clerk.sees("article.case")
    expect(case).to_have_count(1)
    expect(case).to_contain_text("1组1号")
    names_people(case, names[0])
    expect(case.locator("a.button")).to_have_count(1)
    case.locator("a.button").click()
    clerk.sees("form").first.wait_for()
    names_people(clerk.sees("main"), names[0])


def names_people(told: Locator, head: str) -> None:
    """A person's name and a time, and no number that only machines read."""
    expect(told).to_contain_text(head)
    expect(told).to_contain_text(TIME)
    expect(told).not_to_contain_text(UUID, use_inner_text=True)


def refusing(wire: Wire, exchange: Exchange, record: str) -> Answer | None:
    """The weather in which one record, and whatever is sent with it, is too large."""
    sent = exchange.request.json["changes"] if exchange.request.path == "/sync" else []
    if any(change["record"] == record for change in sent):
        return TOO_LARGE
    return wire.ask_server(exchange)
