"""The browser dies at random moments of saving. What the screen called saved is there."""

from __future__ import annotations

import random

import pytest

from tests.browser import store
from tests.browser.actors import Leader
from tests.browser.office import Town
from tests.browser.phone import OwnPhone
from tests.browser.server import Server
from tests.browser.smalltown import People
from tests.browser.wire import Wire

TRIALS = 50

# Works through today's list as fast as the screens allow, and says what they called saved.
SAVES_ON_AND_ON = """async () => {
    const there = async (what) => {
        for (;;) {
            const found = document.querySelector(what);
            if (found && found.checkVisibility()) return found;
            await new Promise((done) => setTimeout(done, 1));
        }
    };
    for (;;) {
        location.hash = "#/";
        (await there('html[data-screen="today"] main [data-household]')).click();
        await there('html[data-screen="household"] main [data-action="fine"]');
        document.querySelector('main [data-action="fine"]').click();
        const saved = await there("main [data-saved]");
        console.log("saved " + saved.dataset.saved);
    }
}"""


@pytest.mark.timeout(900)
def test_fifty_kills_at_random_moments_lose_nothing_that_was_called_saved(
    own_phone: OwnPhone, wire: Wire, server: Server, people: People, town: Town
) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    leader = Leader(own_phone, wire, people, "赵秀英")
    leader.joins()
    leader.gets_ready_for_offline()
    wire.down()
    called_saved: set[str] = set()

    for _ in range(TRIALS):
        leader.page.on("console", lambda said: _note(called_saved, said.text))
        leader.page.evaluate(f"void ({SAVES_ON_AND_ON})()")
        leader.page.wait_for_timeout(chance.uniform(20, 600))
        own_phone.kill()
        own_phone.boot()
        leader.opens()
        kept = _in_the_store(leader)
        assert called_saved <= kept, f"seed {seed}: missing {called_saved - kept}"

    # A browser that dies soon after joining forgets its cookie, though no record: the town sends
    # another link.
    wire.up()
    leader.joins()
    leader.sends_now()
    leader.has_sent_everything()
    received = [visit["record"] for visit in town.visits()]
    assert called_saved <= set(received)
    assert sorted(received) == sorted(_in_the_store(leader))
    print(  # noqa: T201 - whoever runs this wants the counts
        f"\nkilled {TRIALS} times (seed {seed}): {len(called_saved)} called saved, "
        f"{len(received)} kept and received, 0 missing"
    )


def _note(called_saved: set[str], text: str) -> None:
    if text.startswith("saved "):
        called_saved.add(text.removeprefix("saved "))


def _in_the_store(leader: Leader) -> set[str]:
    return {entry["record"] for entry in store.outbox(leader.page)}
