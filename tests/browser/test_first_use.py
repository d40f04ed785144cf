"""U1: from the town's message to the list of one's own doors, and back to it without a network."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.member import Device, change
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, GROUP_2, People
from tests.browser.wire import Wire


def test_a_leader_comes_from_the_link_to_the_own_grid_in_four_taps(
    phone: Phone, wire: Wire, people: People
) -> None:
    leader = Leader(phone, wire, people, "李有福")

    leader.opens_the_link()
    leader.accepts()

    assert leader.taps + 1 <= 4  # one more to open the link
    assert len(leader.households()) == 5
    leader.goes_to("")
    expect(leader.sees("main")).to_contain_text("柳树村2组")


def test_a_link_may_be_looked_at_before_it_is_used(
    phone: Phone, wire: Wire, people: People
) -> None:
    leader = Leader(phone, wire, people, "李有福")
    link = people.link("李有福")
    phone.open(wire.url + link)
    phone.open(wire.url + link)  # a chat program fetched a preview of it meanwhile

    leader.accepts()

    assert leader.sees("[data-household]").count() > 0


def test_the_second_start_needs_no_network(leader: Leader) -> None:
    leader.wire.down()

    leader.opens("/phone/")

    leader.sees("[data-household]").first.wait_for()
    assert len(leader.households()) == 50


def test_a_member_gets_nothing_of_another_grid_and_can_put_nothing_there(
    server: Server, people: People
) -> None:
    stranger = Device(server.url, people.link("李有福"))
    known = stranger.everything()
    assert {record["grid"] for record in known} == {GROUP_2}

    owner = Device(server.url, people.link("王桂兰"))
    door = next(r["record"] for r in owner.everything() if r["kind"] == "household")
    answers = {
        "hh": door,
        "mode": "indoors",
        "result": "normal",
        "asked_q1": False,
        "asked_q2": False,
    }
    said = stranger.sync([change("visit", GROUP_1, answers)])

    assert [result["status"] for result in said["results"]] == ["held"]
    assert owner.sync([])["records"] == []
    stranger.close()
    owner.close()
