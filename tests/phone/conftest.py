"""A village with one grid, and the phone that its leader joined with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts import enrolment
from fieldapp.database import writing
from fieldapp.grids.duties import add_member, member_by_phone
from fieldapp.grids.load import load
from tests.grids.files import grid_csv

PHONES = {"张丽": "15400000001", "王强": "15400000002"}
GRID = "210882106200001"


@pytest.fixture
def town(app: Flask) -> Flask:
    """虎庄镇 with one village of one grid; 张丽 leads it, 王强 is the village's head."""
    csv = grid_csv(
        "210882106000,,1,town,管理网格,虎庄镇,",
        "210882106200,210882106000,2,village,责任网格,虎庄村,",
        f"{GRID},210882106200,3,villager_group,基础网格,虎庄村第1网格,",
    )
    with app.app_context(), writing():
        load(csv, as_of=date(2020, 1, 1))
        add_member(name="张丽", phone=PHONES["张丽"], duty="leader", grid_code=GRID)
        add_member(name="王强", phone=PHONES["王强"], duty="head", grid_code="210882106200")
    return app


@pytest.fixture
def joins(town: Flask) -> Callable[..., FlaskClient]:
    """A browser that joins as somebody, a new one unless it is given."""

    def join(name: str, browser: FlaskClient | None = None) -> FlaskClient:
        with town.app_context(), writing():
            link = enrolment.invite(member_by_phone(PHONES[name]).id)
        browser = browser or town.test_client()
        assert browser.post(f"/join/{link}").status_code == 303
        return browser

    return join


@pytest.fixture
def phone(joins: Callable[..., FlaskClient]) -> FlaskClient:
    """张丽's phone."""
    return joins("张丽")
