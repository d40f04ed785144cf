"""U2: fifty doors without a network, and the township has fifty visits, each once, in order."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.phone import OwnPhone
from tests.browser.server import Server
from tests.browser.smalltown import People
from tests.browser.wire import Wire

WHAT_A_VISIT_SAYS = {"hh", "mode", "result", "asked_q1", "asked_q2", "occurred_at"}


def test_fifty_visits_made_offline_reach_the_township_once_each_in_order(
    own_phone: OwnPhone, wire: Wire, server: Server, people: People, town: Town
) -> None:
    leader = Leader(own_phone, wire, people, "王桂兰")
    leader.joins()
    leader.gets_ready_for_offline()
    names = leader.sees("[data-household] b").all_inner_texts()
    doors = leader.households()
    assert len(doors) == 50
    own_phone.writes_its_login_down()
    wire.down()
    server.kill()

    for door in doors[:25]:
        leader.visits(door).finds_everything_fine()
        assert leader.taps <= 3
    own_phone.reboot()
    leader.opens()
    leader.has_unsent(25)
    for door in doors[25:]:
        leader.visits(door).finds_everything_fine()
    leader.has_unsent(50)
    own_phone.reboot()

    server.start()
    wire.slow(kbit_s=400, delay_ms=400)
    wire.forget()
    leader.opens()
    leader.has_sent_everything()

    sent = wire.changes()
    assert [change["fields"]["hh"] for change in sent] == doors
    visits = town.visits()
    assert sorted(visit["fields"]["hh"] for visit in visits) == sorted(doors)
    in_order = sorted(visits, key=lambda visit: str(visit["made_at"]))
    assert [visit["fields"]["hh"] for visit in in_order] == doors
    assert {visit["fields"]["result"] for visit in visits} == {"normal"}
    assert town.held() == []

    assert {key for change in sent for key in change["fields"]} <= WHAT_A_VISIT_SAYS
    on_the_wire = "".join(post.request.text for post in wire.posts())
    assert [name for name in names if name and name in on_the_wire] == []


def test_nobody_home_is_to_be_visited_again_within_a_day(leader: Leader) -> None:
    door = leader.households()[0]
    leader.phone.loses_signal()

    leader.visits(door).finds_nobody()
    assert leader.taps <= 3

    leader.goes_to("")
    tomorrow = town_time(hours=24)
    row = leader.sees(f'[data-slot="todo"] [data-household="{door}"]')
    expect(row).to_contain_text("没人在家")
    expect(row).to_contain_text(f"{tomorrow.month}月{tomorrow.day}日")


def town_time(hours: float = 0) -> datetime:
    return datetime.now(timezone(timedelta(hours=8))) + timedelta(hours=hours)
