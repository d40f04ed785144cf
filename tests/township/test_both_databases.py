"""The office's figures come out alike on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from fieldapp import clock
from tests.township.town import POPLAR_1, WILLOW_1, WILLOW_2, Office, Town


@pytest.fixture
def town(any_database_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Town:
    made = Town(any_database_app)
    monkeypatch.setattr(clock, "_now", lambda: made.now)
    return made.build()


def test_every_page_of_the_office_can_be_drawn(town: Town):
    town.visit(WILLOW_1, town.households[WILLOW_1][0])
    town.visit(WILLOW_1, town.households[WILLOW_1][1], "refused")
    town.visit(WILLOW_2, town.households[WILLOW_2][0], "nobody_home")
    town.phone(WILLOW_2, last_contact_at=town.now - timedelta(hours=9))
    town.send(WILLOW_1, town.change("visit", POPLAR_1, {"hh": town.households[POPLAR_1][0]}))
    office = Office(town)

    overview = office.reads("/township/")
    visits = office.reads("/township/visits/?result=refused&day=2020-02-20")
    held = office.reads("/township/held/")
    people = office.reads("/township/people/")

    assert "Together 15 1 6% 1 1 8 4" in overview
    assert "Held, waiting for you 1 " in overview
    assert "张三 2号" in visits
    assert "does not serve this grid" in held
    assert "not heard from since 02-20 01:00" in people
