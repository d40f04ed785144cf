"""AT-12 and AT-14: answers that do not come or mean nothing, and an outbox that says so."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Leader
from tests.browser.messages import Answer, Exchange
from tests.browser.office import Town
from tests.browser.patience import eventually
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import People
from tests.browser.wire import Wire


def test_after_twenty_minutes_without_a_server_the_outbox_empties_within_a_minute(
    phone: Phone, wire: Wire, server: Server, people: People, town: Town
) -> None:
    leader = Leader(phone, wire, people, "王桂兰")
    phone.context.clock.install()
    leader.joins()
    doors = leader.households()
    server.kill()
    for door in doors[:3]:
        leader.visits(door).finds_everything_fine()
    for _ in range(20):
        phone.context.clock.fast_forward("01:00")
    wire.wait_until_quiet()
    leader.has_unsent(3)
    server.start()
    assert leader.pending() == 3

    waited_s = 0
    while leader.pending() and waited_s < 60:
        phone.context.clock.fast_forward(2_000)
        wire.wait_until_quiet()
        waited_s += 2

    assert leader.pending() == 0, f"still unsent after {waited_s} s"
    assert len(town.visits()) == 3


@pytest.mark.parametrize(
    "weather", ["down", "hole", "lose", "portal", "busy", "failing", "half an answer"]
)
def test_only_the_servers_own_answer_counts_as_received(
    leader: Leader, wire: Wire, town: Town, weather: str
) -> None:
    leader.visits(leader.households()[0]).finds_everything_fine()
    turn = {
        "down": wire.down,
        "hole": wire.hole,
        "lose": wire.lose,
        "portal": wire.portal,
        "busy": lambda: wire.refuse(503),
        "failing": lambda: wire.answer(Answer(500, [("Content-Type", "text/html")], b"<h1>!</h1>")),
        "half an answer": lambda: wire.answer(
            Answer(200, [("Content-Type", "application/json")], b'{"protocol":1,"results":[]}')
        ),
    }
    wire.forget()
    turn[weather]()

    leader.sends_now()
    eventually(lambda: len(wire.posts()) > 0)
    if weather != "hole":
        wire.wait_until_quiet()
    leader.has_unsent(1)

    wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 1
    assert len(leader.outbox()) == 1


def test_a_visit_saved_while_another_is_on_its_way_is_not_called_sent(
    leader: Leader, wire: Wire, town: Town
) -> None:
    first, second, *_ = leader.households()
    leader.visits(first).finds_everything_fine()
    wire.wait_until_quiet()
    gate = Gate()
    wire.turn(gate)
    leader.sends_now()
    eventually(lambda: gate.waiting == 1)

    leader.visits(second).finds_everything_fine()
    leader.has_unsent(2)
    gate.lets_through(1)
    eventually(lambda: gate.waiting == 2)
    leader.has_unsent(1)
    assert "1" in leader.sees("#sync").inner_text()

    wire.up()
    leader.sends_now()
    leader.has_sent_everything()
    assert len(town.visits()) == 2


def test_the_visit_already_there_is_absorbed_when_its_answer_was_lost(
    leader: Leader, wire: Wire, town: Town
) -> None:
    leader.visits(leader.households()[0]).finds_everything_fine()
    wire.lose()
    leader.sends_now()
    eventually(lambda: any(post.served for post in wire.posts() if post.request.json["changes"]))
    assert len(town.visits()) == 1
    leader.has_unsent(1)

    wire.up()
    leader.sends_now()

    leader.has_sent_everything()
    expect(leader.sees("[data-change]")).to_have_count(1)
    assert len(town.visits()) == 1
    assert town.held() == []


class Gate:
    """The weather in which the server's answers to POSTs wait until they are let through."""

    def __init__(self) -> None:
        self.waiting = 0
        self._open = threading.Semaphore(0)

    def lets_through(self, answers: int) -> None:
        self._open.release(answers)

    def __call__(self, wire: Wire, exchange: Exchange) -> Answer | None:
        answer = wire.ask_server(exchange)
        if exchange.request.method == "POST":
            self.waiting += 1
            self._open.acquire()
        return answer
