"""Nobody can list the boards: who guesses waits, is told nothing, and disturbs nobody else."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from fieldapp import clock
from fieldapp.boards import ids
from fieldapp.boards.limit import MOST_ADDRESSES, MOST_MISSES, MOST_REQUESTS, Limit
from tests.boards.conftest import card, with_boards
from tests.conftest import MakeApp
from tests.township.town import WILLOW_1, Town

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock does not move."""
    now = clock.utc_now()
    monkeypatch.setattr(clock, "_now", lambda: now)


@pytest.mark.parametrize("where", ["b", "m"])
@pytest.mark.usefixtures("still")
def test_ten_thousand_random_ids_a_minute_learn_nothing(town: Town, where: str):
    known = card(town, WILLOW_1).code
    client = town.app.test_client()
    told = Counter(client.get(f"/{where}/{ids.new_id()}").status_code for _ in range(10_000))
    assert told == {404: MOST_MISSES, 429: 10_000 - MOST_MISSES}

    paths = (f"/b/{known}", f"/b/{ids.new_id()}", f"/b/{known}.vcf", f"/m/{ids.new_id()}")
    answers = [client.get(path) for path in paths]
    assert {one.status_code for one in answers} == {429}
    assert len({one.data for one in answers}) == 1
    assert 1 <= int(answers[0].headers["Retry-After"]) <= 60

    other = client.get(f"/b/{known}", environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert other.status_code == 200


def test_a_minute_later_it_is_forgiven():
    limit = Limit()
    for _ in range(MOST_MISSES):
        limit.missed("192.0.2.1", NOW)
    assert limit.claim("192.0.2.1", NOW + timedelta(seconds=59)) == 1
    assert limit.claim("192.0.2.1", NOW + timedelta(seconds=60)) is None


def test_a_village_behind_one_address_may_read_its_boards():
    limit = Limit()
    assert {limit.claim("192.0.2.1", NOW) for _ in range(MOST_REQUESTS)} == {None}
    assert limit.claim("192.0.2.1", NOW) == 60


def test_ipv6_addresses_of_one_subscriber_count_as_one():
    limit = Limit()
    for number in range(MOST_MISSES):
        limit.missed(f"2001:db8:1:2::{number:x}", NOW)
    assert limit.claim("2001:db8:1:2:ffff::1", NOW) is not None
    assert limit.claim("2001:db8:1:3::1", NOW) is None


def test_the_memory_has_an_end():
    limit = Limit()
    for number in range(MOST_ADDRESSES + 500):
        limit.claim(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", NOW)
    assert len(limit) == MOST_ADDRESSES


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 404)])
def test_forwarded_addresses_count_only_behind_a_proxy(
    make_app: MakeApp, sqlite_url: str, proxies: int, last: int
):
    app: Flask = make_app(sqlite_url, TRUSTED_PROXIES=proxies)
    with_boards(Town(app).build())
    client = app.test_client()
    for number in range(MOST_MISSES + 1):
        answer = client.get("/b/22222222", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert answer.status_code == last
