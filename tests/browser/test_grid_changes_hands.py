"""AT-2: the town moves a member to another grid while visits are still on the phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.smalltown import GROUP_2


def test_visits_to_doors_that_are_no_longer_mine_arrive_and_stay_on_the_phone_until_then(
    leader: Leader, town: Town
) -> None:
    doors = leader.households()
    leader.wire.down()
    for door in doors[:5]:
        leader.visits(door).finds_everything_fine()
    leader.has_unsent(5)
    town.moves("王桂兰", to=GROUP_2)
    leader.opens()
    leader.has_unsent(5)

    leader.wire.up()
    leader.sends_now()
    leader.has_sent_everything()

    held = town.held()
    arrived = [one["change"]["fields"]["hh"] for one in held]
    arrived += [visit["fields"]["hh"] for visit in town.visits()]
    assert sorted(arrived) == sorted(doors[:5])
    rows = leader.outbox()
    assert len(rows) == 5
    assert {row["state"] for row in rows} <= {"held", "accepted"}
    expect(leader.sees("main")).to_contain_text("镇")
    leader.goes_to("households")
    expect(leader.sees("[data-household]")).to_have_count(5)
    assert not set(doors) & set(leader.households())
