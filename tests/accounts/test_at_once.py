"""What holds one after the other also holds at the same moment, on both databases."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from fieldapp.accounts import clerks, enrolment
from fieldapp.accounts.models import Device
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids.duties import add_member
from fieldapp.grids.load import load
from tests.accounts.conftest import TOWN

AT_ONCE = 8


@pytest.fixture
def town(any_database_app: Flask) -> Flask:
    with any_database_app.app_context(), writing():
        load(TOWN, as_of=date(2020, 1, 1))
        clerks.add_clerk("李梅", "bing-tang-hulu-8")
    return any_database_app


def test_a_link_pressed_on_eight_phones_at_once_lets_one_in(town: Flask) -> None:
    with town.app_context(), writing():
        member = add_member(
            name="张丽", phone="15400000001", duty="leader", grid_code="210882106200001"
        )
        link = f"/join/{enrolment.invite(member.id)}"

    with ThreadPoolExecutor(AT_ONCE) as phones:
        browsers = [town.test_client() for _ in range(AT_ONCE)]
        list(phones.map(lambda browser: browser.post(link), browsers))

    with town.app_context():
        assert db.session().scalar(sa.select(sa.func.count()).select_from(Device)) == 1
    let_in = [browser for browser in browsers if browser.get("/sync/forms").status_code == 200]
    assert len(let_in) == 1


def test_many_guesses_at_once_are_no_more_than_five(town: Flask) -> None:
    def guess(number: int) -> int:
        form = {"name": "李梅", "password": f"guess-number-{number}"}
        return town.test_client().post("/accounts/login", data=form).status_code

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = Counter(crowd.map(guess, range(20)))

    assert answers == {422: 5, 429: 15}
