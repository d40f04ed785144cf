"""AT-7: the network goes after the first of several parts, she puts something right, it goes on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.browser.actors import Form, Leader
from tests.browser.messages import Answer, Exchange
from tests.browser.office import Town
from tests.browser.patience import eventually
from tests.browser.wire import Wire

DOORS, FIRST_PART = 9, 3
TOO_LARGE = Answer(413, [("Content-Type", "text/plain")], b"")


@dataclass
class CutAfterOnePart:
    """A line that takes a few records at a time, and breaks once the server has the first few."""

    heard: bool  # whether she gets the answer to it
    broken: bool = False

    def __call__(self, wire: Wire, exchange: Exchange) -> Answer | None:
        request = exchange.request
        sent = request.json["changes"] if request.method == "POST" else []
        if self.broken or not sent:
            return None
        if len(sent) > FIRST_PART:
            return TOO_LARGE
        self.broken = True
        answer = wire.ask_server(exchange)
        return answer if self.heard else None


@pytest.mark.parametrize("heard", [True, False], ids=["answer heard", "answer lost"])
def test_what_was_sent_before_the_cut_and_then_put_right_is_revision_2_of_what_the_town_has(
    leader: Leader, wire: Wire, town: Town, heard: bool
) -> None:
    leader.wire.down()
    for door in leader.households()[:DOORS]:
        leader.visits(door).finds_everything_fine()

    wire.turn(CutAfterOnePart(heard))
    leader.sends_now()
    eventually(lambda: len(town_has(wire)) == FIRST_PART)
    wire.wait_until_quiet()
    leader.has_unsent(DOORS - FIRST_PART * heard)
    wire.down()
    record = town_has(wire)[0]
    puts_right(leader, record, result="refused")
    wire.up()
    leader.sends_now()
    leader.has_sent_everything()

    visits = town.visits()
    assert len(visits) == DOORS
    assert [v["record"] for v in visits if v["fields"]["result"] == "refused"] == [record]
    first, second = town.history("visit", record)
    assert first["fields"]["result"] == "normal"
    assert second["fields"]["result"] == "refused"
    assert second["previous"] == first["seq"]
    if heard:
        assert second["base"] == first["seq"]
    assert town.held() == []


def town_has(wire: Wire) -> list[str]:
    """The records that reached the server, in order."""
    served = [post.request.json["changes"] for post in wire.posts() if post.served]
    return [change["record"] for changes in served for change in changes]


def puts_right(leader: Leader, record: str, **answers: str) -> None:
    leader.page.evaluate(f"location.hash = '#/record/{record}/correct'")
    form = Form(leader, "visit")
    form.walks_through(answers)
    form.saves()
    leader.sees('html[data-screen="record"]').wait_for(state="attached")
