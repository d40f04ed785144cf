"""A small town with its people, and a clock that tests can turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from fieldapp import clock
from fieldapp.accounts import enrolment
from fieldapp.database import writing
from fieldapp.grids.duties import add_member
from fieldapp.grids.load import load
from tests.grids.files import grid_csv

TOWN = grid_csv(
    "210882106000,,1,town,管理网格,虎庄镇,",
    "210882106200,210882106000,2,village,责任网格,虎庄村,",
    "210882106200P01,210882106200,3,area,任务网格,虎庄村第1片区,",
    "210882106200001,210882106200P01,4,villager_group,基础网格,虎庄村第1网格,",
    "210882106200002,210882106200P01,4,villager_group,基础网格,虎庄村第2网格,",
    "210882106201,210882106000,2,village,责任网格,杨家村,",
)


class Clock:
    """The time as a test wants it."""

    def __init__(self) -> None:
        self.now = datetime(2020, 2, 3, 2, 0, tzinfo=UTC)

    def pass_by(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def held_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    held = Clock()
    monkeypatch.setattr(clock, "_now", lambda: held.now)
    return held


@pytest.fixture
def town(app: Flask, held_clock: Clock) -> Flask:
    """虎庄镇 with one village of two grids, 张丽 leading the first of them."""
    with app.app_context(), writing():
        load(TOWN, as_of=date(2020, 1, 1))
        add_member(name="张丽", phone="15400000001", duty="leader", grid_code="210882106200001")
        add_member(name="王强", phone="15400000002", duty="head", grid_code="210882106200")
    return app


@pytest.fixture
def invite(town: Flask) -> Callable[..., str]:
    """Make a link for a member: its path."""

    def make(phone: str = "15400000001") -> str:
        from fieldapp.grids.duties import member_by_phone

        with town.app_context(), writing():
            return f"/join/{enrolment.invite(member_by_phone(phone).id)}"

    return make
