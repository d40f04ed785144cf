"""The server's process is killed while phones send: what it acknowledged is there, once.

SIGKILL, at moments nobody chose: between commit and answer, in the middle of a batch, while it
starts. Phones only do what phones do: they send again what was not answered.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.server import Server
from tests.syncing.overwire import FarPhone, joined
from tests.syncing.smalltown import HEAD, SmallTown, edit, visit

KILLS, PHONES, BATCH = 4, 3, 10
UNREACHABLE = (OSError, http.client.HTTPException)

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def test_a_server_that_dies_between_commit_and_answer_has_it_once(town: SmallTown):
    server, visits = Server(town.folder), [visit() for _ in range(20)]
    server.start(FLASK_SQLALCHEMY_DATABASE_URI=town.url)
    try:
        phone = joined(town, HEAD, server.url)
        line = http.client.HTTPConnection(phone.address)
        line.request("POST", "/sync", json.dumps(phone.envelope(visits)), {"Cookie": phone.cookie})
        while not town.records("visit"):
            time.sleep(0.01)
        server.kill()
        line.close()  # nobody has read the answer

        server.start()
        assert phone.statuses(*visits) == ["duplicate"] * 20
    finally:
        server.kill()
    assert [one["record"] for one in town.records("visit")] == [one["record"] for one in visits]


def test_kills_at_random_moments_lose_nothing_and_double_nothing(town: SmallTown):
    seed = random.randrange(10**6)
    chance, server, over = random.Random(seed), Server(town.folder), threading.Event()
    server.start(FLASK_SQLALCHEMY_DATABASE_URI=town.url)
    try:
        phones = [joined(town, HEAD, server.url) for _ in range(PHONES)]
        with ThreadPoolExecutor(PHONES) as threads:
            sending = [threads.submit(_send_on, phone, over) for phone in phones]
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.05, 0.3))
                server.restart()
            over.set()
            sent = [change for one in sending for change in one.result(timeout=120)]
    finally:
        server.kill()

    records = town.records("visit")
    assert len({one["record"] for one in records}) == len(records), f"seed {seed}"
    assert {one["record"] for one in records} == {one["record"] for one in sent}, f"seed {seed}"
    edits = Counter(one["record"] for one in sent)
    for record in records:
        assert record["fields"].get("remark") == (None if edits[record["record"]] == 1 else "再来")
    assert town.held() == []
    assert "well" in town.prints("check-integrity")


def _send_on(phone: FarPhone, over: threading.Event) -> list[dict]:
    """Send batch after batch, each until it is answered; returns all that was acknowledged."""
    sent: list[dict] = []
    while not over.is_set():
        visits = [visit() for _ in range(BATCH)]
        batch = [*visits, edit(visits[0], None, {"remark": "再来"})]
        _send_until_answered(phone, batch)
        sent += batch
    return sent


def _send_until_answered(phone: FarPhone, batch: list[dict]) -> None:
    deadline = time.monotonic() + 200  # a busy machine starts a server slowly
    while True:
        try:
            assert set(phone.statuses(*batch)) <= {"accepted", "duplicate"}
        except UNREACHABLE:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
