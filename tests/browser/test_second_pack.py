"""What comes after the first list: its screens open offline, or it is said that they do not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Form, Leader
from tests.browser.messages import Answer
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.smalltown import People
from tests.browser.wire import Wire

# The second pack is on its way until the story lets it come.
SLOW_PACK = """{
    const real = fetch;
    const held = new Promise((resolve) => (globalThis.letPackCome = resolve));
    globalThis.fetch = async (url, ...more) => {
        if (String(url).includes("/phone/more")) await held;
        return real(url, ...more);
    };
}"""
BUSY = Answer(503, [("Content-Type", "text/plain")], b"busy")


@pytest.fixture
def newcomer(phone: Phone, wire: Wire, people: People) -> Leader:
    """A leader who has the first list, while nothing more comes down."""
    wire.answer(BUSY, path="/phone/more")
    leader = Leader(phone, wire, people, "赵秀英")
    leader.joins()
    return leader


def test_without_the_second_pack_visits_are_kept_and_nobody_is_promised_more(
    newcomer: Leader,
) -> None:
    door = newcomer.households()[0]

    newcomer.page.evaluate(f"location.hash = '#/returnee/{door}'")
    expect(newcomer.sees("main h1")).to_have_text("这一部分还没下到手机里")

    newcomer.visits(door).finds_everything_fine()
    newcomer.goes_to("ready")
    expect(newcomer.sees("#verdict")).to_have_attribute("data-verdict", "page")


def test_the_second_pack_comes_by_itself_when_the_network_is_back(newcomer: Leader) -> None:
    door = newcomer.households()[0]
    newcomer.wire.up()
    newcomer.sends_now()
    newcomer.has_sent_everything()
    newcomer.wire.wait_until_quiet()
    newcomer.wire.down()

    newcomer.goes_to(f"returnee/{door}")

    expect(Form(newcomer, "returnee").question("name")).to_be_visible()


def test_a_page_takes_no_second_pack_of_another_release(newcomer: Leader, server: Server) -> None:
    door = newcomer.households()[0]
    server.new_release("second")
    newcomer.wire.up()

    newcomer.page.evaluate(f"location.hash = '#/returnee/{door}'")
    expect(newcomer.sees("html")).to_have_attribute("data-screen", "missing")

    newcomer.taps_on('main [data-action="reload"]')
    expect(newcomer.sees("html")).to_have_attribute("data-screen", "returnee")
    expect(Form(newcomer, "returnee").question("name")).to_be_visible()


def test_a_form_that_was_left_is_tapped_before_the_second_pack_is_there(leader: Leader) -> None:
    leader.goes_to("new-household")
    Form(leader, "new-household").answers("head_name", "欧阳春花")
    leader.page.wait_for_timeout(500)
    leader.phone.before_every_page(SLOW_PACK)
    leader.opens()

    leader.taps_on("[data-draft]")
    expect(leader.sees("html")).to_have_attribute("data-screen", "coming")
    leader.page.evaluate("letPackCome()")

    expect(leader.sees('[name="head_name"]')).to_have_value("欧阳春花")
