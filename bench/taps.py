"""Taps, counted as a finger makes them: a check, a round of six people, a new household."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from bench.figures import Figure
from bench.paint import phone
from tests.browser.actors import SAVED, Leader
from tests.browser.isolation import device_of, isolate, lets_checks_be_made
from tests.browser.server import Server
from tests.browser.smalltown import GROUP_1, People, prepare
from tests.browser.wire import Wire

PEOPLE = 6
CHECK = ('[data-preset="36.5"]', '[data-action="well"]', '[data-action="save"]')
HOUSEHOLD = (
    'form [data-action="next"]',
    '[data-question="address_text"] [data-quick] button >> nth=0',
    'form [data-action="next"]',
    'label:has([name="occupied"][value="resident"])',
    'form [data-action="next"]',
    'label:has([name="no_phone"][value="true"])',
    'form [data-action="save"]',
)


def measure() -> list[Figure]:
    with _town() as (server, people), phone() as own:
        _isolate_six(server, people)
        leader = Leader(own, Wire(server.port), people, "王桂兰")
        leader.joins()
        leader.gets_ready_for_offline()
        leader.wire.down()
        of_check, of_round = _round(leader)
        of_household = _new_household(leader)
        leader.wire.close()
    return [
        Figure("taps for a check without symptoms, at most", of_check, "taps", 4),
        Figure(f"taps for {PEOPLE} people in one round", of_round, "taps", 25),
        Figure("taps for a household with one person, but the name", of_household, "taps", 12),
    ]


@contextmanager
def _town() -> Iterator[tuple[Server, People]]:
    folder = Path(tempfile.mkdtemp(prefix="taps"))
    people = prepare(folder / "instance")
    server = Server(folder / "instance")
    server.start()
    try:
        yield server, people
    finally:
        server.kill()
        shutil.rmtree(folder)


def _isolate_six(server: Server, people: People) -> None:
    lets_checks_be_made(server)
    with device_of(server, people, "周国强") as head:
        persons = [one for one in head.everything() if one["kind"] == "person"]
        of_1 = [one for one in persons if one["grid"] == GROUP_1]
        isolate(head, of_1[: 2 * PEOPLE : 2])


def _round(leader: Leader) -> tuple[int, int]:
    """The most that one person took, and all of them with the way into the round."""
    leader.taps = 0
    leader.taps_on('[data-action="round"]')
    each = []
    for done in range(PEOPLE):
        before, name = leader.taps, leader.sees("main h1").inner_text()
        for button in CHECK:
            leader.taps_on(button)
        each.append(leader.taps - before)
        expect(leader.sees("main h1")).not_to_have_text(name)
        leader.has_unsent(done + 1)
    return max(each), leader.taps


def _new_household(leader: Leader) -> int:
    leader.goes_to("")
    leader.taps = 0
    leader.taps_on('[data-place="households"]')
    leader.taps_on('main [data-action="new-household"]')
    leader.taps_on('[name="head_name"]')
    leader.page.keyboard.type("欧阳春花")
    for button in HOUSEHOLD:
        leader.taps_on(button)
    expect(leader.sees("#said")).to_contain_text(SAVED)
    return leader.taps
