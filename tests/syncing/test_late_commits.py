"""Many phones send at once, others ask all the time: nobody ever misses a record.

PostgreSQL gives numbers out before it commits. If a pull could see number 7 while 6 is still being
written, a phone would ask for what comes after 7, and 6 would never reach it.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.browser.server import Server
from tests.syncing.overwire import FarPhone, joined
from tests.syncing.smalltown import GRID_1, GRID_2, HEAD, LEADER_1, SmallTown, edit, visit

WRITERS, MESSAGES, EACH = 8, 4, 4


class Gossip:
    """Who knows what for certain: records that a server has acknowledged."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: set[str] = set()
        self.writing = threading.Event()

    def told(self, records: set[str]) -> None:
        with self._lock:
            self._told |= records

    def so_far(self) -> set[str]:
        with self._lock:
            return set(self._told)


def write_on(phone: FarPhone, gossip: Gossip) -> None:
    """Record visits, and move every other one to the next grid and some of them back."""
    for _ in range(MESSAGES):
        visits = [visit() for _ in range(EACH)]
        answer = phone.send(*visits)
        assert {one["status"] for one in answer["results"]} == {"accepted"}
        gossip.told({one["record"] for one in visits})
        versions = {one["record"]: one["version"] for one in answer["records"]}
        moving = [
            edit(one, versions.get(one["record"]), {"remark": "搬家"}, grid=GRID_2)
            for one in visits[::2]
        ]
        phone.send(*moving, edit(visits[1], versions.get(visits[1]["record"]), {"remark": "在家"}))
        phone.send(edit(moving[0], None, {"remark": "回来"}, grid=GRID_1))


def ask_on(phone: FarPhone, gossip: Gossip, roster: dict[str, dict]) -> int:
    """Pull again and again; whatever was acknowledged before must be known after each round."""
    rounds, last_round = 0, False
    while not last_round:
        last_round = gossip.writing.is_set()
        known_before = gossip.so_far()
        more = True
        while more:
            answer = phone.send()
            for told in answer["records"]:
                roster[told["record"]] = told
            more = answer["more"]
        assert known_before <= set(roster), f"{len(known_before - set(roster))} were stepped over"
        rounds += 1
    return rounds


def everybody_at_once(town: SmallTown, urls: list[str]) -> None:
    gossip, in_village, in_grid = Gossip(), {}, {}
    writers = [joined(town, HEAD, urls[n % len(urls)]) for n in range(WRITERS)]
    head, leader = joined(town, HEAD, urls[0]), joined(town, LEADER_1, urls[-1])

    with ThreadPoolExecutor(WRITERS + 2) as threads:
        pulls = [
            threads.submit(ask_on, head, gossip, in_village),
            threads.submit(ask_on, leader, gossip, in_grid),
        ]
        pushes = [threads.submit(write_on, writer, gossip) for writer in writers]
        for push in pushes:
            push.result()
        gossip.writing.set()
        rounds = [pull.result() for pull in pulls]

    records = {one["record"]: one for one in town.records("visit")}
    assert len(records) == WRITERS * MESSAGES * EACH
    assert min(rounds) > 3
    assert {key: it["version"] for key, it in in_village.items()} == {
        key: it["version"] for key, it in records.items()
    }
    here = {key for key, it in in_grid.items() if not it["gone"]}
    assert here == {key for key, it in records.items() if it["grid"] == GRID_1}


@pytest.mark.slow
def test_nobody_misses_a_record_on_sqlite(town: SmallTown):
    with ExitStack() as servers:
        everybody_at_once(town, [serve(servers, town)])


@pytest.mark.slow
@pytest.mark.postgres
def test_nobody_misses_a_record_between_two_servers_on_postgresql(postgresql_town: SmallTown):
    with ExitStack() as servers:
        everybody_at_once(postgresql_town, [serve(servers, postgresql_town) for _ in range(2)])


def serve(servers: ExitStack, town: SmallTown) -> str:
    """A server process of its own over the town; returns its address."""
    server = Server(town.folder)
    server.start(FLASK_SQLALCHEMY_DATABASE_URI=town.url)
    servers.callback(server.kill)
    return server.url
