"""AT-13: one record that the server cannot settle neither stops the others nor disappears."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import store
from tests.browser.actors import Leader
from tests.browser.office import Clerk, Town


def test_one_bad_visit_is_shown_to_member_and_town_while_the_others_pass(
    leader: Leader, town: Town, clerk: Clerk
) -> None:
    first, second, third, *_ = leader.households()
    leader.wire.down()
    leader.visits(first).finds_everything_fine()
    leader.visits(second).finds_everything_fine()
    bad = store.outbox(leader.page)[-1]["record"]
    store.spoil(leader.page, bad, mode="by_balloon")
    leader.visits(third).finds_everything_fine()
    leader.has_unsent(3)

    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()

    assert sorted(visit["fields"]["hh"] for visit in town.visits()) == sorted([first, third])
    (held,) = town.held()
    assert held["change"]["fields"]["mode"] == "by_balloon"
    row = leader.sees(f'[data-record="{bad}"]')
    expect(row).to_have_attribute("data-state", "held")
    assert "mode" not in row.inner_text()
    assert "not_a_choice" not in row.inner_text()
    clerk.opens("/township/held/")
    expect(clerk.sees("main")).to_contain_text("王桂兰")
