"""What the township knows of each phone, and how a phone stays in or is shut out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.accounts import devices
from fieldapp.accounts.devices import DevicePass, browser_family
from fieldapp.accounts.models import Device
from fieldapp.accounts.people import people
from fieldapp.database import writing
from fieldapp.extensions import db
from fieldapp.grids import Refused
from tests.accounts.conftest import Clock

Invite = Callable[..., str]


@pytest.fixture
def phone(client: FlaskClient, invite: Invite) -> FlaskClient:
    """A phone that has joined as 张丽's."""
    client.post(invite())
    return client


def seen(app: Flask, phone: FlaskClient) -> DevicePass:
    cookie = phone.get_cookie("device")
    assert cookie is not None
    with app.test_request_context(headers={"Cookie": f"device={cookie.value}"}):
        known = devices.present_device()
    assert known is not None
    return known


def row(app: Flask) -> Device:
    with app.app_context():
        return db.session().scalars(sa.select(Device)).one()


def test_a_phone_in_use_is_let_in_for_thirty_days_from_its_last_day_of_use(
    town: Flask, phone: FlaskClient, held_clock: Clock
) -> None:
    for _ in range(10):
        held_clock.pass_by(days=20)
        assert phone.get("/sync/forms").status_code == 200

    held_clock.pass_by(days=30)

    assert phone.get("/sync/forms").get_json() == {"error": "login_required"}
    assert seen(town, phone).state == "expired"


def test_the_thirty_days_begin_anew_at_most_once_a_day(
    town: Flask, phone: FlaskClient, held_clock: Clock
) -> None:
    held_clock.pass_by(hours=23)
    assert "Set-Cookie" not in phone.get("/sync/forms").headers

    held_clock.pass_by(hours=1)
    assert "device=" in phone.get("/sync/forms").headers["Set-Cookie"]
    assert row(town).expires_at == held_clock.now + timedelta(days=30)
    assert "Set-Cookie" not in phone.get("/sync/forms").headers


def test_a_revoked_phone_is_shut_out_with_its_next_request(town: Flask, phone: FlaskClient) -> None:
    with town.app_context(), writing():
        devices.revoke(seen(town, phone).id)

    answer = phone.get("/sync/forms")

    assert (answer.status_code, answer.get_json()) == (401, {"error": "device_revoked"})


def test_revoking_a_phone_that_does_not_exist_is_refused(town: Flask) -> None:
    with town.app_context(), pytest.raises(Refused), writing():
        devices.revoke(12345)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "\udcff", "a" * 5000])
def test_any_other_cookie_is_nobody(town: Flask, cookie: str) -> None:
    with town.test_request_context(environ_overrides={"HTTP_COOKIE": f"device={cookie}"}):
        assert devices.present_device() is None


def test_the_town_sees_when_a_phone_spoke_and_what_it_still_holds(
    town: Flask, phone: FlaskClient, held_clock: Clock
) -> None:
    known = seen(town, phone)
    with town.app_context(), writing():
        devices.heard_from(known, pending=3, skew_s=-700, install="i" * 36, build="abc")

    with town.app_context():
        zhang = next(one for one in people() if one.name == "张丽")
    assert zhang.pending == 3
    assert zhang.last_contact_at == held_clock.now
    assert zhang.devices[0].skew_s == -700


def test_a_phone_that_only_asks_for_news_costs_a_write_once_a_minute(
    town: Flask, phone: FlaskClient, held_clock: Clock
) -> None:
    with town.app_context(), writing():
        assert devices.heard_from(seen(town, phone), pending=0)

    with town.app_context(), writing():
        held_clock.pass_by(seconds=59)
        assert not devices.heard_from(seen(town, phone), pending=0)
        assert devices.should_note(seen(town, phone), pending=1), "its outbox changed"
        held_clock.pass_by(seconds=1)
        assert devices.heard_from(seen(town, phone), pending=0)


def test_records_that_vanished_from_a_phone_are_counted_once_however_often_it_says_so(
    town: Flask, phone: FlaskClient, held_clock: Clock
) -> None:
    loss_id = "0b3f6f3e-8a55-4a55-9a55-000000000001"
    for _ in range(3):
        with town.app_context(), writing():
            devices.note_loss(
                seen(town, phone).id, loss_id=loss_id, count=4, noticed_at=held_clock.now
            )

    assert row(town).lost == 4


@pytest.mark.parametrize(
    ("user_agent", "family"),
    [
        ("Mozilla/5.0 (Linux; Android 9) Chrome/86 Mobile MicroMessenger/8.0", "WeChat"),
        ("Mozilla/5.0 (Linux; Android 9) Chrome/87.0 Mobile Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 14_1) Version/14.1 Safari/604.1", "Safari"),
        ("curl/8", ""),
    ],
)
def test_the_browser_is_kept_as_one_word(user_agent: str, family: str) -> None:
    assert browser_family(user_agent) == family
