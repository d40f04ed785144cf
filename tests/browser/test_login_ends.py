"""AT-4: the town ends a login. The member goes on working, and nothing unsent is lost."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.wire import Wire


def test_thirty_visits_outlive_an_ended_login_and_a_busy_server(
    leader: Leader, wire: Wire, town: Town
) -> None:
    doors = leader.households()
    wire.refuse(401, error="login_required")
    leader.visits(doors[0]).finds_everything_fine()
    leader.sends_now()
    expect(leader.sees("#sync")).to_have_attribute("data-sync", "login")
    leader.sees('[data-notice="login"]').wait_for()
    for door in doors[1:30]:
        leader.visits(door).finds_everything_fine()
    leader.has_unsent(30)
    assert len(leader.households()) == 50

    wire.refuse(503)
    leader.sends_now()
    expect(leader.sees("#sync")).not_to_have_attribute("data-sync", "login")
    leader.has_unsent(30)

    wire.up()
    leader.joins()
    leader.sends_now()
    leader.has_sent_everything()
    assert sorted(visit["fields"]["hh"] for visit in town.visits()) == sorted(doors[:30])


def test_a_phone_that_the_town_shut_out_keeps_what_it_has_and_says_whom_to_call(
    leader: Leader, wire: Wire, town: Town
) -> None:
    leader.visits(leader.households()[0]).finds_everything_fine()
    town.shuts_out("王桂兰")

    leader.sends_now()

    expect(leader.sees("#sync")).to_have_attribute("data-sync", "revoked")
    leader.sees('[data-notice="revoked"]').wait_for()
    leader.has_unsent(1)
    assert len(leader.households()) == 50

    leader.joins()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1
